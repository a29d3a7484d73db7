using System.Text;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>The configurations of a report: the keys in which they differ, and all keys with what they mean.</summary>
internal sealed class ReportConfigurations(IReadOnlyList<RunGroup> groups)
{
    private const string Absent = "";

    /// <param name="Values">The value of each configuration, empty where it has no such key</param>
    private sealed record Key(string Name, string Description, string[] Values);

    public string ToHtml()
    {
        Key[] keys = Keys();
        string[] names = [.. groups.Select(group => group.Name)];
        if (groups.Count == 1) return $"<h2>Configuration</h2>\n{Table(keys, ["value"])}";
        Key[] different = [.. keys.Where(key => key.Values.Distinct().Count() > 1)];
        return $"<h2>Configurations</h2>\n<p class=\"muted\">The keys in which they differ:</p>\n{Table(different, names)}"
            + $"<details><summary>All keys</summary>\n{Table(keys, names)}</details>\n";
    }

    private Key[] Keys()
    {
        var values = new Dictionary<string, Key>();
        foreach ((int number, RunGroup group) in groups.Index())
        {
            foreach (ConfigEntry entry in ConfigFormat.Entries(group.Runs[0].Config).Where(entry => entry.Key != "seed"))
            {
                Put(values, number, entry.Key, entry);
                foreach (ConfigEntry option in entry.Options) Put(values, number, $"{entry.Value}.{option.Key}", option);
            }
        }
        return [.. values.Values];
    }

    private void Put(Dictionary<string, Key> values, int number, string name, ConfigEntry entry)
    {
        if (!values.TryGetValue(name, out Key? key))
        {
            string[] absent = [.. Enumerable.Repeat(Absent, groups.Count)];
            values[name] = key = new(name, entry.Description, absent);
        }
        key.Values[number] = entry.Value?.ToJsonString() ?? "null";
    }

    private static string Table(Key[] keys, string[] names)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr><th class=\"text\">key</th>");
        foreach (string name in names) html.Append($"<th class=\"text\">{HtmlText.Escaped(name)}</th>");
        html.Append("<th class=\"text\">meaning</th></tr></thead>\n<tbody>\n");
        foreach (Key key in keys)
        {
            html.Append($"<tr><td class=\"text\"><code>{HtmlText.Escaped(key.Name)}</code></td>");
            foreach (string value in key.Values) html.Append($"<td class=\"text\"><code>{HtmlText.Escaped(value)}</code></td>");
            html.Append($"<td class=\"text description\">{HtmlText.Escaped(key.Description)}</td></tr>\n");
        }
        return html.Append("</tbody></table></div>\n").ToString();
    }
}
