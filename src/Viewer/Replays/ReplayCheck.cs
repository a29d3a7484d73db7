using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Checks what drawing relies on: sizes that fit together, and finite numbers wherever something is drawn.</summary>
internal static class ReplayCheck
{
    public static bool IsWhole(Replay replay) =>
        replay.Horizon > 0
        && replay.Task.Count == replay.TaskColumns.Count && replay.Task.All(double.IsFinite) && replay.Goals.All(IsFinite)
        && double.IsFinite(replay.UntrainedReturn) && !double.IsInfinity(replay.Reference.Value)
        && IsWhole(replay.World) && IsWhole(replay.Map, replay.Task.Count) && IsWhole(replay.Field, replay.Steps.Count)
        && replay.Steps.Count > 0
        && replay.Steps.Index().All(step => IsWhole(step.Item, step.Index == 0 ? 0 : replay.Layers.Count, replay));

    private static bool IsWhole(World world) =>
        (world.Goal is null || IsFinite(world.Goal.Value)) && float.IsFinite(world.GoalRadius)
        && world.Links.Count is 0 or 2 && world.Links.All(float.IsFinite)
        && IsFinite(world.Wind)
        && world.Gaps.Count is 0 or 2 && world.Gaps.All(float.IsFinite)
        && float.IsFinite(world.Payload) && float.IsFinite(world.Gravity) && float.IsFinite(world.Bound)
        && float.IsFinite(world.Height ?? 0)
        && (world.Plane is null || IsFinite(world.Plane.Scale) && world.Plane.Scale.X > 0 && world.Plane.Scale.Y > 0);

    private static bool IsWhole(ReturnMap map, int columns) =>
        IsWhole(map.X, columns) && IsWhole(map.Y, columns)
        && map.Prior.Length == (long)map.X.Cells * map.Y.Cells && map.Adapted.Length == map.Prior.Length
        && !map.Prior.Concat(map.Adapted).Any(double.IsInfinity);

    private static bool IsWhole(MapAxis axis, int columns) =>
        axis.Cells > 0 && axis.Column >= 0 && axis.Column < columns
        && double.IsFinite(axis.Low) && double.IsFinite(axis.High) && axis.Low <= axis.High
        && (axis.Values is null || axis.Values.Count == axis.Cells && IsGrowing(axis.Values));

    private static bool IsGrowing(IReadOnlyList<double> values) =>
        values.All(double.IsFinite) && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);

    private static bool IsWhole(ActionField field, int steps) =>
        field.Cells > 0 && IsFinite(field.Low) && IsFinite(field.High) && field.Actions.Count == steps
        && field.Actions.All(actions => actions.Length == field.Cells * field.Cells && actions.All(IsFinite));

    private static bool IsWhole(ReplayStep step, int changes, Replay replay) =>
        step.ParameterChange.Count == changes && !step.ParameterChange.Any(double.IsInfinity)
        && step.Trajectories.Append(step.Shown).All(episode => IsWhole(episode, replay.Steps[0].Shown.StateSize, replay.Horizon));

    private static bool IsWhole(Trajectory episode, int stateSize, int horizon) =>
        stateSize >= 2 && episode.StateSize == stateSize
        && episode.Steps >= 1 && episode.Steps <= horizon && episode.States.Length == (episode.Steps + 1) * stateSize
        && episode.States.All(float.IsFinite) && episode.Rewards.All(float.IsFinite);

    private static bool IsFinite(Vector2 point) => float.IsFinite(point.X) && float.IsFinite(point.Y);
}
