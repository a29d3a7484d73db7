using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Finds the task that a click in the world stands for.</summary>
internal static class ClickedTask
{
    /// <summary>Whether points of the world stand for tasks of a family at all.</summary>
    public static bool IsPlaced(IReadOnlyList<Coordinate> columns) =>
        columns.IndexOf("goal_x") >= 0 && columns.IndexOf("goal_y") >= 0 || HasDirection(columns);

    /// <summary>The task whose goal is at the point, or whose direction leads from the start to it; null where there is none.</summary>
    public static double[]? At(IReadOnlyList<Coordinate> columns, IReadOnlyList<double> task, Vector2 start, Vector2 point)
    {
        double[] changed = [.. task];
        (int x, int y) = (columns.IndexOf("goal_x"), columns.IndexOf("goal_y"));
        if (x >= 0 && y >= 0)
        {
            (changed[x], changed[y]) = (point.X, point.Y);
            return changed;
        }
        if (!HasDirection(columns) || point == start) return null;
        double turn = Math.Atan2(point.Y - start.Y, point.X - start.X) - changed[0];
        changed[0] += turn;
        // A second direction keeps its angle to the first.
        if (columns.IndexOf("direction_2") is > 0 and int second) changed[second] += turn;
        return changed;
    }

    /// <summary>
    /// Whether the tasks of the family differ by a direction. Then it is the first column; a rotation in a later column was added
    /// by the viewer.
    /// </summary>
    private static bool HasDirection(IReadOnlyList<Coordinate> columns) => columns[0].Name is "rotation" or "direction_1";
}
