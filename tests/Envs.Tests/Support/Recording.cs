using System.Globalization;

namespace MamlRobotics.Envs.Tests;

/// <summary>A CSV file that a peer's own program wrote: one step of it per row.</summary>
internal static class Recording
{
    public static IEnumerable<Func<string, double>> Rows(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "recorded", name + ".csv"));
        string[] header = lines[0].Split(',');
        Assert.True(lines.Length > 100);
        foreach (string line in lines.Skip(1))
        {
            string[] cells = line.Split(',');
            yield return column => double.Parse(cells[Array.IndexOf(header, column)], CultureInfo.InvariantCulture);
        }
    }
}
