namespace MamlRobotics.Envs;

/// <summary>
/// Rewards in [0, 1] that fall off smoothly outside a range, as dm_control's utils/rewards.py defines them
/// (Tassa et al. 2018, arXiv 1801.00690).
/// </summary>
public static class Tolerance
{
    /// <summary>The value at a distance of one margin, which is dm_control's default.</summary>
    private const double ValueAtMargin = 0.1;

    /// <summary>1 up to the bound, and a Gaussian beyond it.</summary>
    public static T Gaussian<T>(T distance, T bound, T margin) where T : struct, IReal<T>
    {
        T excess = T.Max(distance - bound, T.Of(0)) / margin;
        return T.Exp(T.Of(Math.Log(ValueAtMargin)) * excess * excess);
    }

    /// <summary>A parabola that falls from 1 at zero to 0 at one, and 0 beyond.</summary>
    public static T Parabola<T>(T value) where T : struct, IReal<T> => T.Max(T.Of(1) - value * value, T.Of(0));
}
