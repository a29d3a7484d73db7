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

    public const int MostDigits = 15;

    /// <summary>Digits after the point that write the multiples of a round spacing exactly.</summary>
    public static int Digits(double spacing)
    {
        int digits = 0;
        while (digits < MostDigits && Math.Abs(spacing * Math.Pow(10, digits) % 1 - 0.5) < 0.5 - 1e-6) digits++;
        return digits;
    }

    /// <summary>The smallest such number that is whole.</summary>
    public static double RoundUpWhole(double least)
    {
        double spacing = RoundUp(Math.Max(least, 1));
        return Digits(spacing) == 0 ? spacing : RoundUp(spacing + 1);
    }

    /// <summary>Multiples of a round spacing within the bounds, at most about <paramref name="most"/> of them.</summary>
    public static IEnumerable<double> Between(double low, double high, int most) => Multiples(low, high, RoundUp((high - low) / most));

    /// <summary>Multiples of a spacing within the bounds.</summary>
    public static IEnumerable<double> Multiples(double low, double high, double spacing)
    {
        double first = Math.Ceiling(low / spacing - 1e-9);
        for (double index = first; index * spacing <= high + 1e-9 * spacing; index++) yield return index * spacing;
    }
}
