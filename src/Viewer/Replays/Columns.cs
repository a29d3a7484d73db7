using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Finds columns of tasks by their names.</summary>
internal static class Columns
{
    /// <summary>Where a column is, or -1.</summary>
    public static int IndexOf(this IReadOnlyList<Coordinate> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
            if (columns[i].Name == name) return i;
        return -1;
    }
}
