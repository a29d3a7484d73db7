using System.Globalization;
using System.Text;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>The pictures and films that lie in run folders, such as those of `maml demo`.</summary>
internal static class ReportPictures
{
    // A page with larger films opens slowly; they are named instead.
    private const long LargestBytes = 12L << 20;

    private static readonly Dictionary<string, string> Types = new()
    {
        [".png"] = "image/png", [".apng"] = "image/apng", [".gif"] = "image/gif", [".svg"] = "image/svg+xml",
    };

    public static string Of(IReadOnlyList<RecordedRun> runs)
    {
        FileInfo[] files =
        [
            .. runs.SelectMany(run => new DirectoryInfo(run.Path).EnumerateFiles().Where(file => Types.ContainsKey(Kind(file)))
                .OrderBy(file => file.Name, StringComparer.Ordinal)),
        ];
        if (files.Length == 0) return "";
        var html = new StringBuilder("<h2>Pictures</h2>\n<div class=\"pictures\">\n");
        foreach (FileInfo file in files) html.Append(Figure(file));
        return html.Append("</div>\n").ToString();
    }

    private static string Figure(FileInfo file)
    {
        string name = HtmlText.Escaped($"{file.Directory!.Name}/{file.Name}");
        if (file.Length > LargestBytes)
        {
            string size = (file.Length / (double)(1 << 20)).ToString("F0", CultureInfo.InvariantCulture);
            return $"<figure><figcaption>{name} has {size} MB and is left out.</figcaption></figure>\n";
        }
        string content = HtmlText.DataUri(Types[Kind(file)], File.ReadAllBytes(file.FullName));
        return $"<figure><img alt=\"{name}\" src=\"{content}\"><figcaption>{name}</figcaption></figure>\n";
    }

    private static string Kind(FileInfo file) => file.Extension.ToLowerInvariant();
}
