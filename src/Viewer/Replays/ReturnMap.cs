namespace MamlRobotics.Viewer;

/// <summary>One axis of a map of returns: a task column and the range that is covered.</summary>
public sealed record MapAxis(int Column, string Name, string Unit, double Low, double High, int Cells)
{
    /// <summary>The value at the middle of a cell.</summary>
    public double Value(int cell) => Low + (High - Low) * (cell + 0.5) / Cells;

    /// <summary>The cell that holds a value; outside of the range, the nearest.</summary>
    public int Cell(double value) => High > Low ? Math.Clamp((int)((value - Low) / (High - Low) * Cells), 0, Cells - 1) : 0;
}

/// <summary>
/// The mean return before and after adaptation on a grid over two task columns, the others as in the task in question.
/// Cells that the task distribution never reaches hold NaN, as do those that are not sampled yet.
/// </summary>
public sealed record ReturnMap(MapAxis X, MapAxis Y, double[] Prior, double[] Adapted)
{
    public int Index(int x, int y) => y * X.Cells + x;

    /// <summary>Grows whenever cells are filled in.</summary>
    public int Version => version;

    /// <summary>Keeps what was sampled for a cell; seen by others once <see cref="Publish"/> is called.</summary>
    public void Set(int cell, double prior, double adapted) => (Prior[cell], Adapted[cell]) = (prior, adapted);

    public void Publish() => Interlocked.Increment(ref version);

    private volatile int version;
}
