namespace MamlRobotics.Viewer;

/// <summary>One axis of a map of returns: a task column and the range of its values.</summary>
/// <param name="Values">
/// The values of the tasks in ascending order, where they are so few that each has a cell of its own; null where the cells
/// divide the range evenly
/// </param>
public sealed record MapAxis(
    int Column, string Name, string Unit, double Low, double High, int Cells, IReadOnlyList<double>? Values = null)
{
    /// <summary>The value at the middle of a cell.</summary>
    public double Value(int cell) => Values is null ? Low + (High - Low) * (cell + 0.5) / Cells : Values[cell];

    /// <summary>The cell that holds a value, or the nearest cell to a value outside the range.</summary>
    public int Cell(double value) => Math.Min((int)(Share(value) * Cells), Cells - 1);

    /// <summary>The place of a value between the ends of the axis, from 0 to 1.</summary>
    public double Share(double value)
    {
        if (Values is null) return High > Low ? Math.Clamp((value - Low) / (High - Low), 0, 1) : 0.5;
        if (Cells == 1) return 0.5;
        int after = 1;
        while (after < Cells - 1 && Values[after] < value) after++;
        double between = (value - Values[after - 1]) / (Values[after] - Values[after - 1]);
        return (after - 0.5 + Math.Clamp(between, 0, 1)) / Cells;
    }
}

/// <summary>
/// The mean return before and after adaptation on a grid over two task columns. The other columns are those of the task that
/// is shown. Cells that the task distribution never reaches hold NaN, as do cells that are not sampled yet.
/// </summary>
public sealed record ReturnMap(MapAxis X, MapAxis Y, double[] Prior, double[] Adapted)
{
    public int Index(int x, int y) => y * X.Cells + x;

    /// <summary>Whether every cell that tasks reach is sampled, so that a mean is taken over all of them.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Grows whenever cells are filled in.</summary>
    public int Version => version;

    /// <summary>Stores the returns of a cell. Others learn of them when <see cref="Publish"/> is called.</summary>
    public void Set(int cell, double prior, double adapted) => (Prior[cell], Adapted[cell]) = (prior, adapted);

    public void Publish() => Interlocked.Increment(ref version);

    private volatile int version;
}
