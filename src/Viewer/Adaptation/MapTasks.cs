using MamlRobotics.Envs;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Viewer;

/// <summary>Chooses the tasks of a family's map of returns: those that the distribution reaches, over the columns that vary most.</summary>
internal sealed class MapTasks
{
    private const int Cells = 15, Samples = 4000, SamplesForTies = 300;
    private const double Tied = 0.999;

    private readonly TaskFamily family;
    private readonly TaskBatch drawn;
    private readonly bool[] varies;

    /// <summary>[columns, columns], true where the value of one column follows from that of the other</summary>
    private readonly bool[,] tied;

    public MapTasks(TaskFamily family)
    {
        this.family = family;
        drawn = family.Tasks.Sample(RandomStream.FromSeed(0).Stream("map"), Samples);
        int count = drawn.Columns.Count;
        varies = [.. Enumerable.Range(0, count).Select(column => Values(column, Samples).Distinct().Skip(1).Any())];
        tied = new bool[count, count];
        for (int one = 0; one < count; one++)
            for (int other = 0; other < count; other++)
                tied[one, other] = varies[one] && varies[other] && Math.Abs(RankCorrelation(one, other)) > Tied;
    }

    /// <summary>A map of which no cell is sampled yet.</summary>
    public ReturnMap Empty()
    {
        int[] columns = WidestColumns();
        MapAxis x = Axis(columns[0]), y = columns.Length > 1 ? Axis(columns[1]) : new MapAxis(columns[0], "", "", 0, 0, 1);
        double[] unknown = [.. Enumerable.Repeat(double.NaN, x.Cells * y.Cells)];
        return new ReturnMap(x, y, unknown, [.. unknown]) { IsWhole = false };
    }

    /// <summary>The cells that the distribution reaches.</summary>
    public IEnumerable<int> Reached(ReturnMap map) =>
        Enumerable.Range(0, drawn.Count).Select(task => CellOf(map, task)).Distinct().Order();

    /// <summary>[task columns] of the task of a cell that is reached: the drawn task that is nearest to the middle of the cell.</summary>
    /// <param name="task">Gives the columns that the map does not vary</param>
    public double[] Row(ReturnMap map, TaskBatch task, int cell)
    {
        int nearest = Enumerable.Range(0, drawn.Count).Where(other => CellOf(map, other) == cell)
            .MinBy(other => SquaredDistance(map.X, cell % map.X.Cells, other) + SquaredDistance(map.Y, cell / map.X.Cells, other));
        double[] row = task.Row(0).ToArray();
        for (int column = 0; column < row.Length; column++)
            if (FollowsFrom(map.X, column) || FollowsFrom(map.Y, column)) row[column] = drawn[nearest, column];
        return row;
    }

    /// <summary>Whether a column is that of the axis, or is tied to it, as a rod's mass is to the rod's length.</summary>
    private bool FollowsFrom(MapAxis axis, int column) => column == axis.Column || tied[axis.Column, column];

    private double RankCorrelation(int one, int other) =>
        Correlation.Spearman(Values(one, SamplesForTies), Values(other, SamplesForTies));

    private int CellOf(ReturnMap map, int task) =>
        map.Index(map.X.Cell(drawn[task, map.X.Column]), map.Y.Cell(drawn[task, map.Y.Column]));

    /// <summary>The squared distance of a drawn task from a cell's middle along an axis, in cells.</summary>
    private double SquaredDistance(MapAxis axis, int cell, int task)
    {
        if (axis.High <= axis.Low) return 0;
        return Math.Pow((drawn[task, axis.Column] - axis.Value(cell)) / (axis.High - axis.Low) * axis.Cells, 2);
    }

    /// <summary>
    /// The columns of the goal where tasks have one. Elsewhere they are, among the columns that do not follow from others, the two
    /// whose spread is largest relative to their mean.
    /// </summary>
    private int[] WidestColumns()
    {
        (int x, int y) = (family.Spec.Task.IndexOf("goal_x"), family.Spec.Task.IndexOf("goal_y"));
        if (x >= 0 && y >= 0) return [x, y];
        bool IsFree(int column) => varies[column] && !Enumerable.Range(0, column).Any(before => tied[before, column]);
        int[] free = [.. Enumerable.Range(0, drawn.Columns.Count).Where(IsFree)];
        return free.Length == 0 ? [0] : [.. free.OrderByDescending(Spread).Take(2).Order()];
    }

    private double Spread(int column)
    {
        double deviation = Values(column, Samples).PopulationStandardDeviation();
        return deviation / (Math.Abs(Values(column, Samples).Mean()) + deviation);
    }

    private MapAxis Axis(int column)
    {
        double[] values = [.. Values(column, Samples).Distinct().Order()];
        Coordinate coordinate = family.Spec.Task[column];
        return values.Length <= Cells
            ? new MapAxis(column, coordinate.Name, coordinate.Unit, values[0], values[^1], values.Length, values)
            : new MapAxis(column, coordinate.Name, coordinate.Unit, values[0], values[^1], Cells);
    }

    private IEnumerable<double> Values(int column, int samples) => Enumerable.Range(0, samples).Select(task => drawn[task, column]);
}
