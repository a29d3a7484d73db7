using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>The style sheet of a report, in the colours of the program's pictures.</summary>
internal static class ReportStyle
{
    public static string Sheet => $$"""
        :root { color-scheme: light dark; {{Colours(Theme.Light)}} }
        @media (prefers-color-scheme: dark) { :root { {{Colours(Theme.Dark)}} } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--background); color: var(--text);
          font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 1320px; margin: 0 auto; padding: 20px clamp(12px, 3vw, 32px) 48px; }
        h1 { font-size: 1.6em; line-height: 1.25; margin: 0.4em 0 0.1em; }
        h2 { font-size: 1.15em; margin: 2em 0 0.5em; }
        p { margin: 0.3em 0 0.8em; max-width: 90ch; }
        .muted, figcaption, summary { color: var(--muted); }
        .scroll { overflow-x: auto; background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; margin: 0 0 0.8em; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: 6px 12px; text-align: right; white-space: nowrap; border-top: 1px solid var(--grid); vertical-align: top; }
        thead th { border-top: 0; color: var(--muted); font-weight: 600; }
        .text { text-align: left; }
        tr.first td { border-top: 2px solid var(--edge); }
        tr.strong td { font-weight: 600; }
        td.description { white-space: normal; min-width: 260px; color: var(--muted); }
        code { font: 0.92em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        td code { overflow-wrap: normal; }
        figure { margin: 0 0 1em; }
        figure img { display: block; width: 100%; height: auto; border-radius: 8px; border: 1px solid var(--edge); }
        .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 16px; }
        .dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 8px; }
        details { margin: 0 0 0.8em; } summary { cursor: pointer; padding: 4px 0; }
        footer { margin-top: 3em; font-size: 0.9em; color: var(--muted); overflow-wrap: anywhere; }
        @media (max-width: 760px) { td.description { white-space: nowrap; } }
        @media print { body { background: none; } .scroll { overflow: visible; } th, td { white-space: normal; padding: 3px 6px; } }
        """;

    private static string Colours(Theme theme)
    {
        (string Name, Colour Colour)[] named =
        [
            ("background", theme.Background), ("panel", theme.Panel), ("edge", theme.Edge), ("grid", theme.Grid),
            ("text", theme.Text), ("muted", theme.Muted),
            .. theme.Series.Select((colour, i) => (FormattableString.Invariant($"series-{i}"), colour)),
        ];
        return string.Join(' ', named.Select(entry => $"--{entry.Name}: #{entry.Colour.R:x2}{entry.Colour.G:x2}{entry.Colour.B:x2};"));
    }
}
