namespace MamlRobotics.Cli.Rendering;

/// <summary>Rows of text under a header. The first column is aligned to the left, the others to the right.</summary>
internal sealed record TextTable(string[] Header, IReadOnlyList<string[]> Rows)
{
    private const string Gap = "  ";

    /// <summary>Lines for a terminal.</summary>
    public IEnumerable<string> Plain()
    {
        int[] widths = [.. Header.Select((_, column) => Rows.Append(Header).Max(row => row[column].Length))];
        return Rows.Prepend(Header).Select(row => string.Join(
            Gap, row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>Lines of a Markdown table. Leading blanks of a cell stay, as they show that a row is part of the one above.</summary>
    public IEnumerable<string> Markdown() =>
    [
        Line(Header), Line([.. Header.Select((_, column) => column == 0 ? "---" : "---:")]), .. Rows.Select(Line),
    ];

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells.Select(Cell))} |";

    private static string Cell(string text)
    {
        string content = text.TrimStart();
        return string.Concat(Enumerable.Repeat("&nbsp;", text.Length - content.Length)) + Escaped(content);
    }

    // The name of a run may hold characters that would end a cell or a row.
    private static string Escaped(string cell) =>
        string.Concat(cell.Select(letter => letter is '|' or '\\' ? $@"\{letter}" : char.IsControl(letter) ? " " : $"{letter}"));
}
