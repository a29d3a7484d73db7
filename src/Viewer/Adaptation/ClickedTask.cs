using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>What a click in the world means for the tasks of a family.</summary>
internal static class ClickedTask
{
    /// <summary>Whether a point means a task at all.</summary>
    public static bool IsPlaced(IReadOnlyList<Coordinate> columns) =>
        columns.IndexOf("goal_x") >= 0 && columns.IndexOf("goal_y") >= 0 || IsTurned(columns);

    /// <summary>The task with its goal at the point, or with its direction from the start to there; null where a point means nothing.</summary>
    public static double[]? At(IReadOnlyList<Coordinate> columns, IReadOnlyList<double> task, Vector2 start, Vector2 point)
    {
        double[] changed = [.. task];
        (int x, int y) = (columns.IndexOf("goal_x"), columns.IndexOf("goal_y"));
        if (x >= 0 && y >= 0)
        {
            (changed[x], changed[y]) = (point.X, point.Y);
            return changed;
        }
        if (!IsTurned(columns) || point == start) return null;
        double turn = Math.Atan2(point.Y - start.Y, point.X - start.X) - changed[0];
        changed[0] += turn;
        // A second direction keeps its angle to the first.
        if (columns.IndexOf("direction_2") is > 0 and int second) changed[second] += turn;
        return changed;
    }

    /// <summary>Only where tasks differ by a direction: elsewhere it is a column that the viewer added, after the family's own.</summary>
    private static bool IsTurned(IReadOnlyList<Coordinate> columns) => columns[0].Name is "rotation" or "direction_1";
}
