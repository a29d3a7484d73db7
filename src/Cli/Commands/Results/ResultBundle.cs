using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>
/// A .zip file that holds evaluated runs with all that their table says: each run folder (configuration, machine, tasks, checkpoints,
/// metrics, evaluation), the table, and the learning curves. A list of checksums shows damage. The same runs give the same bytes.
/// </summary>
internal static class ResultBundle
{
    private const string Contents = "bundle.json", KindOfAnyVersion = "maml-robotics bundle ", Version = "1";
    private const string Runs = "runs/", Lock = ".lock";

    // The first moment that the format can tell. The time of writing says nothing about the results.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="InputException">
    /// The evaluation of a run cannot be repeated, two run folders have the same name, or a file cannot be read.
    /// </exception>
    public static void Write(string path, IReadOnlyList<RunGroup> groups)
    {
        RecordedRun[] runs = [.. groups.SelectMany(group => group.Runs)];
        foreach (RecordedRun run in runs) EvaluatedRun.Of(run);
        if (runs.GroupBy(run => run.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InputException($"Two of the run folders are named {twice.Key}; rename one, as a bundle keeps them by their names.");
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["results.md"] = Encoding.UTF8.GetBytes(string.Join('\n', new ResultsTable(groups).ToTable().Markdown()) + "\n"),
            ["curves.svg"] = Encoding.UTF8.GetBytes(
                PlotFile.ToSvg(PlotHeading.Of(groups), RunPlot.Of(groups), PlotFile.Width, PlotFile.Height, Theme.Light)),
        };
        foreach (RecordedRun run in runs)
        {
            foreach (string file in Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories))
            {
                string name = Path.GetRelativePath(run.Path, file).Replace('\\', '/');
                if (name != Lock) files[$"{Runs}{run.Name}/{name}"] = Read(file);
            }
        }
        files[Contents] = Encoding.UTF8.GetBytes(Describe(runs, files).ToJsonString(new() { WriteIndented = true }));
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, byte[] content) in files)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = Time;
                using Stream to = entry.Open();
                to.Write(content);
            }
        });
    }

    /// <summary>Unpacks a bundle whose files are all there and undamaged.</summary>
    /// <param name="folder">An empty folder</param>
    /// <returns>The folders of the runs, in the order of the table</returns>
    /// <exception cref="InputException">The file cannot be read, is damaged, or is no bundle.</exception>
    public static IReadOnlyList<string> Unpack(string path, string folder)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            JsonObject contents = ContentsOf(archive, path);
            Dictionary<string, string> checksums = contents["files"]!.AsObject().ToDictionary(file => file.Key, file => $"{file.Value}");
            string[] names = [.. archive.Entries.Select(entry => entry.FullName).Where(name => name != Contents)];
            if (checksums.Keys.Except(names).FirstOrDefault() is { } lost) throw Damaged(path, $"it lacks {lost}");
            if (names.Except(checksums.Keys).FirstOrDefault() is { } added) throw Damaged(path, $"{added} was added to it");
            foreach (string name in names) Unpack(archive.GetEntry(name)!, checksums[name], folder, path);
            return [.. contents["runs"]!.AsArray().Select(run => Path.Combine(folder, Runs, $"{run}"))];
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no file {path}.");
        }
        catch (Exception problem)
            when (problem is InvalidDataException or JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InputException($"{path} is damaged, or no bundle; make one with: maml results RUN... --bundle FILE.zip");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {problem.Message}");
        }
    }

    private static JsonObject Describe(RecordedRun[] runs, SortedDictionary<string, byte[]> files)
    {
        var checksums = files.Select(file => KeyValuePair.Create(file.Key, (JsonNode?)Checksum(file.Value)));
        return new JsonObject
        {
            ["kind"] = KindOfAnyVersion + Version,
            ["commit"] = Machine.Commit,
            ["runs"] = new JsonArray([.. runs.Select(run => JsonValue.Create(run.Name))]),
            ["files"] = new JsonObject(checksums),
        };
    }

    private static JsonObject ContentsOf(ZipArchive archive, string path)
    {
        ZipArchiveEntry entry = archive.GetEntry(Contents)
            ?? throw new InputException($"{path} is no bundle; make one with: maml results RUN... --bundle FILE.zip");
        using Stream stream = entry.Open();
        JsonObject contents = JsonNode.Parse(stream)!.AsObject();
        string kind = $"{contents["kind"]}";
        if (kind == KindOfAnyVersion + Version) return contents;
        throw new InputException(kind.StartsWith(KindOfAnyVersion, StringComparison.Ordinal)
            ? $"{path} is of version {kind[KindOfAnyVersion.Length..]}, and this program reads version {Version}."
            : $"{path} is no bundle; make one with: maml results RUN... --bundle FILE.zip");
    }

    private static void Unpack(ZipArchiveEntry entry, string checksum, string folder, string path)
    {
        string target = Path.GetFullPath(Path.Combine(folder, entry.FullName));
        // A name such as ../file would be written elsewhere.
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw Damaged(path, $"{entry.FullName} lies outside it");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        entry.ExtractToFile(target);
        if (Checksum(File.ReadAllBytes(target)) != checksum) throw Damaged(path, $"{entry.FullName} is not what was packed");
    }

    private static InputException Damaged(string path, string how) => new($"{path} is damaged: {how}.");

    private static string Checksum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {file}: {problem.Message}");
        }
    }
}
