using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes plots of runs as .png, .svg or, the numbers that are drawn, as .csv. A format, such as "svg", goes over the name.
/// </summary>
public static class PlotFile
{
    /// <summary>Size in points at which a pixel is a point.</summary>
    public const int Width = 1280, Height = 560;

    private const string Csv = ".csv", Svg = ".svg", Png = ".png";

    /// <exception cref="InputException">The name asks for something else.</exception>
    public static void Check(string path, string? format = null)
    {
        if (Kind(path, format) is not (Csv or Svg or Png))
            throw new InputException($"No plot of kind '{Kind(path, format)}' can be written; name the file {Png}, {Svg} or {Csv}, or say it with --format, such as --format svg.");
    }

    /// <param name="width">Pixels; unused for numbers</param>
    /// <exception cref="InputException">The size is too small.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw a .png.</exception>
    public static void Write(string path, IReadOnlyList<RunGroup> groups, IReadOnlyList<PlotPanel> panels, int width, int height, Theme theme, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(theme);
        if (Kind(path, format) == Csv)
        {
            AtomicFile.WriteText(path, Table(panels));
            return;
        }
        float scale = Math.Max(1, Math.Min((float)width / Width, (float)height / Height));
        if (!PlotScreen.Fits(width / scale, height / scale, panels.Count))
            throw new InputException($"{width}x{height} pixels have no room for {panels.Count} {(panels.Count == 1 ? "chart" : "charts")}; take a larger --size.");
        var canvas = new Canvas(width / scale, height / scale);
        canvas.Begin(width / scale, height / scale, scale);
        PlotScreen.Draw(canvas, theme, groups, panels);
        if (Kind(path, format) == Svg) AtomicFile.WriteText(path, SvgPicture.Of(canvas, theme.Background, string.Join("; ", panels.Select(panel => panel.Title))));
        else PngFile.Write(path, PictureStudio.Draw(canvas, theme.Background, width, height));
    }

    /// <summary>
    /// A row per point: with low and high for a mean, without for training tasks between validations, with the run's name for a
    /// single run, without x for a reference.
    /// </summary>
    private static string Table(IReadOnlyList<PlotPanel> panels)
    {
        var lines = new List<string> { "panel,series,run,x,return,low,high" };
        foreach (PlotPanel panel in panels)
        {
            foreach (PlotSeries series in panel.Series)
            {
                foreach ((double x, MeanInterval value) in series.Points) Add(series.Name, "", Text(x), Text(value.Mean), Text(value.Low), Text(value.High));
                foreach ((double x, double value) in series.Training) Add($"{series.Name}, training tasks", "", Text(x), Text(value), "", "");
                foreach (PlotRun run in series.Runs)
                    foreach ((double x, double value) in run.Points) Add(series.Name, run.Name, Text(x), Text(value), "", "");
            }
            foreach (PlotReference reference in panel.References) Add(reference.Name, "", "", Text(reference.Return), "", "");
            void Add(params string[] cells) => lines.Add(string.Join(',', cells.Prepend(panel.Name).Select(Quoted)));
        }
        return string.Join('\n', lines) + "\n";
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Kind(string path, string? format) => (format is null ? Path.GetExtension(path) : "." + format).ToLowerInvariant();
}
