using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes plots as .png or .svg, or the numbers of the curves as .csv. A format that is given, such as "svg",
/// overrides the file's name.
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
        {
            throw new InputException(
                $"No plot of kind '{Kind(path, format)}' can be written; name the file {Png}, {Svg} or {Csv}, "
                + "or say it with --format, such as --format svg.");
        }
    }

    /// <param name="width">Pixels; unused for numbers</param>
    /// <exception cref="InputException">The size is too small.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw a .png.</exception>
    public static void Write(
        string path, PlotHeading heading, IReadOnlyList<PlotPanel> panels, int width, int height, Theme theme,
        string? format = null)
    {
        ArgumentNullException.ThrowIfNull(theme);
        if (Kind(path, format) == Csv)
        {
            AtomicFile.WriteText(path, Table(panels));
            return;
        }
        Canvas canvas = Drawn(heading, panels, width, height, theme);
        if (Kind(path, format) == Svg) AtomicFile.WriteText(path, SvgOf(canvas, panels, theme));
        else PngFile.Write(path, PictureStudio.Draw(canvas, theme.Background, width, height));
    }

    /// <summary>The plot as the text of an SVG file.</summary>
    /// <exception cref="InputException">The size is too small.</exception>
    public static string ToSvg(PlotHeading heading, IReadOnlyList<PlotPanel> panels, int width, int height, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return SvgOf(Drawn(heading, panels, width, height, theme), panels, theme);
    }

    private static string SvgOf(Canvas canvas, IReadOnlyList<PlotPanel> panels, Theme theme) =>
        SvgPicture.Of(canvas, theme.Background, string.Join("; ", panels.Select(panel => panel.Title)));

    private static Canvas Drawn(PlotHeading heading, IReadOnlyList<PlotPanel> panels, int width, int height, Theme theme)
    {
        float scale = Math.Max(1, Math.Min((float)width / Width, (float)height / Height));
        if (!PlotScreen.Fits(width / scale, height / scale, panels.Count))
        {
            string charts = panels.Count == 1 ? "1 chart" : $"{panels.Count} charts";
            throw new InputException($"{width}x{height} pixels have no room for {charts}; take a larger --size.");
        }
        var canvas = new Canvas(width / scale, height / scale);
        canvas.Begin(width / scale, height / scale, scale);
        PlotScreen.Draw(canvas, theme, heading, panels);
        return canvas;
    }

    /// <summary>
    /// Has a row for each point. The rows of means hold low and high, those of training tasks between validations do not;
    /// the rows of a single run hold its name, and the rows of references hold no x.
    /// </summary>
    private static string Table(IReadOnlyList<PlotPanel> panels)
    {
        var lines = new List<string> { $"panel,series,run,x,{panels[0].Quantity},low,high" };
        foreach (PlotPanel panel in panels)
        {
            IEnumerable<string[]> rows = panel.Series.SelectMany(Rows).Concat(panel.References.Select(Row));
            lines.AddRange(rows.Select(cells => string.Join(',', cells.Prepend(panel.Name).Select(Quoted))));
        }
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string[]> Rows(PlotSeries series)
    {
        foreach ((double x, MeanInterval value) in series.Points)
            yield return [series.Name, "", Text(x), Text(value.Mean), Text(value.Low), Text(value.High)];
        foreach ((double x, double value) in series.Training)
            yield return [$"{series.Name}, training tasks", "", Text(x), Text(value), "", ""];
        foreach (PlotRun run in series.Runs)
            foreach ((double x, double value) in run.Points) yield return [series.Name, run.Name, Text(x), Text(value), "", ""];
    }

    private static string[] Row(PlotReference reference) => [reference.Name, "", "", Text(reference.Return), "", ""];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Kind(string path, string? format) =>
        (format is null ? Path.GetExtension(path) : "." + format).ToLowerInvariant();
}
