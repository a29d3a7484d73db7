using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Finds the columns of tasks by their names, and prints names and units as a reader expects them.</summary>
internal static class Columns
{
    /// <summary>The index of the column of that name, or -1.</summary>
    public static int IndexOf(this IReadOnlyList<Coordinate> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
            if (columns[i].Name == name) return i;
        return -1;
    }

    public static string PrintedName(string name) => name.Replace('_', ' ');

    public static string PrintedUnit(string unit) => unit.Replace("^2", "²");

    /// <summary>A unit after a number, with a blank between them; empty for a number without a unit.</summary>
    public static string UnitAfterNumber(string unit) => unit is "" or "1" ? "" : " " + PrintedUnit(unit);
}
