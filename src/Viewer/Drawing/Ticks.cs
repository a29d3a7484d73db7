namespace MamlRobotics.Viewer;

/// <summary>Round numbers for axes and grids.</summary>
public static class Ticks
{
    /// <summary>The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least <paramref name="least"/>.</summary>
    public static double RoundUp(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (double factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
            if (factor * power >= least * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    /// <summary>Multiples of a round spacing within the bounds, at most about <paramref name="most"/> of them.</summary>
    public static IEnumerable<double> Between(double low, double high, int most)
    {
        double spacing = RoundUp((high - low) / most);
        for (double index = Math.Ceiling(low / spacing - 1e-9); index * spacing <= high + 1e-9 * spacing; index++) yield return index * spacing;
    }
}
