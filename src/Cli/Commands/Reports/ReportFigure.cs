using System.Text;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>A plot in a report, drawn for wide and narrow windows, light and dark.</summary>
internal static class ReportFigure
{
    private const int WideHeight = 500, NarrowWidth = 520, NarrowHeight = 380;

    public static string Of(IReadOnlyList<RunGroup> groups, IReadOnlyList<PlotPanel> panels)
    {
        string Source(Theme theme, bool isNarrow)
        {
            (int width, int height) = isNarrow ? (NarrowWidth, 80 + NarrowHeight * panels.Count) : (PlotFile.Width, WideHeight);
            string svg = PlotFile.ToSvg(PlotHeading.Of(groups), panels, width, height, theme);
            return HtmlText.DataUri("image/svg+xml", Encoding.UTF8.GetBytes(svg));
        }
        const string Narrow = "(max-width: 760px)", Dark = "(prefers-color-scheme: dark)";
        string title = HtmlText.Escaped(string.Join("; ", panels.Select(panel => panel.Title)));
        return $"""
            <figure><picture>
            <source media="{Narrow} and {Dark}" srcset="{Source(Theme.Dark, isNarrow: true)}">
            <source media="{Narrow}" srcset="{Source(Theme.Light, isNarrow: true)}">
            <source media="{Dark}" srcset="{Source(Theme.Dark, isNarrow: false)}">
            <img alt="{title}" src="{Source(Theme.Light, isNarrow: false)}">
            </picture></figure>

            """;
    }
}
