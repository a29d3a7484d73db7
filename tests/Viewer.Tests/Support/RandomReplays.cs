using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Replays of all shapes: with and without goal, walls and steps, numbers at the edges of their ranges.</summary>
internal sealed class RandomReplays(long seed)
{
    private static readonly string[] Words = ["maml-nav", "", "α × 2", "\"quoted\"\\\n", "日本", "a,b"];

    private readonly RandomStream stream = RandomStream.FromSeed(seed);
    private long draws;

    public Replay Next()
    {
        int columns = Count(1, 5), layers = Count(0, 4), horizon = Count(1, 9), size = Count(2, 6);
        int xCells = Count(1, 4), yCells = Count(1, 3), cells = Count(1, 3);
        var world = new World(
            Flip() ? Point() : null, Single(), PerhapsPair(), Flip(), Point(), PerhapsPair(), Flip());
        ReplayStep Step(int k) => new(
            Many(Count(1, 4), () => Episode(size, horizon)), Episode(size, horizon), Many(k == 0 ? 0 : layers, PerhapsNaN));
        ReplayStep[] steps = [.. Enumerable.Range(0, Count(1, 4)).Select(Step)];
        var title = new ReplayTitle(Word(), Word(), Word(), Count(0, 1000), Word());
        Coordinate[] taskColumns = Many(columns, () => Flip() ? new Coordinate(Word(), Word()) : BoundedCoordinate());
        var map = new ReturnMap(
            Axis(columns, xCells), Axis(columns, yCells), Many(xCells * yCells, PerhapsNaN), Many(xCells * yCells, PerhapsNaN));
        Vector2[][] actions = Many(steps.Length, () => Many(cells * cells, Point));
        var field = new ActionField((new(Word(), Word()), BoundedCoordinate()), Point(), Point(), cells, actions);
        var reference = new ReferenceReturn(PerhapsNaN(), Flip() ? ReturnKind.Optimal : ReturnKind.BestKnown);
        return new Replay(
            title, taskColumns, Many(columns, Double), world, Many(Count(0, 3), Point), horizon, steps, Many(layers, Word),
            reference, Double(), map, field);
    }

    /// <summary>Everything in a replay, numbers by their bits.</summary>
    public static IEnumerable<object?> Everything(Replay replay)
    {
        (World world, ReturnMap map, ActionField field) = (replay.World, replay.Map, replay.Field);
        foreach (Coordinate column in (Coordinate[])[.. replay.TaskColumns, field.Axes.X, field.Axes.Y])
            yield return (column.Name, column.Unit, Bits(column.Low), Bits(column.High));
        foreach (double value in (double[])[.. replay.Task, .. map.Prior, .. map.Adapted, replay.Reference.Value, replay.UntrainedReturn])
            yield return Bits(value);
        IEnumerable<Vector2> actions = field.Actions.SelectMany(step => step);
        foreach (Vector2 point in (Vector2[])[.. replay.Goals, world.Wind, world.Goal ?? default, field.Low, field.High, .. actions])
            yield return (Bits(point.X), Bits(point.Y));
        foreach (float value in (float[])[.. world.Links, .. world.Gaps, world.GoalRadius]) yield return Bits(value);
        foreach (MapAxis axis in new[] { map.X, map.Y })
        {
            yield return (axis.Column, axis.Name, axis.Unit, Bits(axis.Low), Bits(axis.High), axis.Cells);
            yield return axis.Values is null ? null : string.Join(' ', axis.Values.Select(Bits));
        }
        yield return (world.Goal is null, world.ZeroIsDown, world.RelocatesAtGoal, world.Links.Count);
        yield return (replay.Title, replay.Horizon, replay.Reference.Kind, string.Join('|', replay.Layers));
        foreach (ReplayStep step in replay.Steps)
        {
            foreach (double change in step.ParameterChange) yield return Bits(change);
            foreach (Trajectory episode in step.Trajectories.Prepend(step.Shown))
            {
                yield return (episode.Steps, episode.StateSize, episode.Terminated);
                foreach (float value in episode.States.Concat(episode.Rewards)) yield return Bits(value);
            }
        }
    }

    private float[] PerhapsPair() => Flip() ? [Single(), Single()] : [];

    private Coordinate BoundedCoordinate() => new(Word(), Word(), Double(), Double());

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private Trajectory Episode(int size, int horizon)
    {
        int steps = Count(1, horizon);
        return new Trajectory(size, Many((steps + 1) * size, Single), Many(steps, Single), Flip());
    }

    private MapAxis Axis(int columns, int cells)
    {
        double low = Double(), high = Double();
        double[]? values = Flip() ? [.. Enumerable.Range(0, cells).Select(cell => cell - Math.PI)] : null;
        return new MapAxis(Count(0, columns - 1), Word(), Word(), Math.Min(low, high), Math.Max(low, high), cells, values);
    }

    private T[] Many<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    private int Count(int least, int most) => least + (int)(stream.Uniform(draws++) * (most - least + 1));

    private bool Flip() => Count(0, 1) == 1;

    private string Word() => Words[Count(0, Words.Length - 1)];

    private double PerhapsNaN() => Flip() ? double.NaN : Double();

    private double Double() => Count(0, 9) switch
    {
        0 => -0.0,
        1 => double.Epsilon,
        2 => -double.MaxValue,
        3 => Math.PI * 1e-300,
        _ => 20 * stream.Uniform(draws++) - 10,
    };

    private Vector2 Point() => new(Single(), Single());

    private float Single() => Count(0, 9) switch
    {
        0 => -0f,
        1 => float.Epsilon,
        2 => float.MaxValue,
        _ => (float)(20 * stream.Uniform(draws++) - 10),
    };
}
