namespace MamlRobotics.Envs;

/// <summary>
/// Rewards in [0, 1] that fall off smoothly outside a range, as dm_control's utils/rewards.py defines them
/// (Tassa et al. 2018, arXiv 1801.00690).
/// </summary>
public static class Tolerance
{
    /// <summary>The value that dm_control gives a distance of one margin, by default.</summary>
    private const double ValueAtMargin = 0.1;

    /// <summary>1 up to the bound, beyond it a Gaussian.</summary>
    public static T Gaussian<T>(T distance, T bound, T margin) where T : struct, IReal<T>
    {
        T excess = T.Max(distance - bound, T.Of(0)) / margin;
        return T.Exp(T.Of(Math.Log(ValueAtMargin)) * excess * excess);
    }

    /// <summary>1 at zero, falling to 0 at one as a parabola.</summary>
    public static T Parabola<T>(T value) where T : struct, IReal<T> => T.Max(T.Of(1) - value * value, T.Of(0));
}
