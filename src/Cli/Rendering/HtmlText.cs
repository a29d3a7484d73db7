using System.Net;
using System.Text;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Parts of an HTML page.</summary>
internal static class HtmlText
{
    public static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A table that can be scrolled sideways where a window is too narrow for it.</summary>
    /// <param name="columns">The number of columns of text, which come first and are aligned to the left</param>
    /// <param name="rowClass">The class of a row by its index; empty for none</param>
    /// <param name="mark">Markup before the text of a row's first cell, by that text</param>
    public static string Table(TextTable table, int columns = 1, Func<int, string>? rowClass = null, Func<string, string>? mark = null)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach ((int i, string cell) in table.Header.Index()) html.Append(Cell("th", cell, i < columns));
        html.Append("</tr></thead>\n<tbody>\n");
        foreach ((int number, string[] row) in table.Rows.Index())
        {
            string name = rowClass?.Invoke(number) ?? "";
            html.Append(name.Length > 0 ? $"<tr class=\"{name}\">" : "<tr>");
            foreach ((int i, string cell) in row.Index()) html.Append(Cell("td", cell, i < columns, i == 0 ? mark?.Invoke(cell) : null));
            html.Append("</tr>\n");
        }
        return html.Append("</tbody></table></div>\n").ToString();
    }

    public static string DataUri(string type, byte[] content) => $"data:{type};base64,{Convert.ToBase64String(content)}";

    private static string Cell(string kind, string text, bool isText, string? mark = null) =>
        $"<{kind}{(isText ? " class=\"text\"" : "")}>{mark}{Escaped(text)}</{kind}>";
}
