using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// references.json of a run folder: the best known return of each task that the run was evaluated on, so that a planner
/// searches for it only once. It is written after every task, so that an evaluation that was killed continues where it was.
/// </summary>
public sealed class ReferenceFile
{
    // The version of the planner. Returns that an earlier version found are searched for again.
    private const int Planner = 2;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly string? path;

    private ReferenceFile(string? path) => this.path = path;

    /// <summary>The file in the run folder of a checkpoint. For a checkpoint outside a run folder, nothing is kept.</summary>
    public static ReferenceFile Of(string checkpoint)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(checkpoint));
        bool isOfRun = Path.GetFileName(folder) == "checkpoints";
        return new(isOfRun ? Path.Combine(Path.GetDirectoryName(folder)!, "references.json") : null);
    }

    /// <summary>The reference returns, each from the file where it is there, and otherwise as the family finds it.</summary>
    /// <param name="planned">Called after each task with the number of tasks done</param>
    public IReadOnlyList<ReferenceReturn> Find(TaskFamily family, TaskBatch tasks, int threads, Action<int>? planned = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(tasks);
        if (family.OptimalControl is not null) return family.ReferenceReturns(tasks, threads);
        List<Entry> kept = Read(family);
        foreach (Entry entry in kept) family.Remember(new TaskBatch(tasks.Columns, entry.Task), 0, entry.Return);
        int done = 0;
        return family.ReferenceReturns(tasks, threads, (task, found) =>
        {
            if (Put(kept, [.. tasks.Row(task)], found.Value)) Write(family, kept);
            planned?.Invoke(++done);
        });
    }

    /// <summary>Keeps the best returns that the family knows now, because an evaluation may have reached more than the planner.</summary>
    public void Keep(TaskFamily family, TaskBatch tasks) => Find(family, tasks, threads: 1);

    private static bool Put(List<Entry> kept, double[] task, double value)
    {
        int at = kept.FindIndex(entry => entry.Task.SequenceEqual(task));
        if (at >= 0 && kept[at].Return >= value) return false;
        if (at >= 0) kept.RemoveAt(at);
        kept.Add(new(task, value));
        return true;
    }

    /// <summary>Reads nothing where the file is missing, damaged or of other dynamics, because the returns can be found again.</summary>
    private List<Entry> Read(TaskFamily family)
    {
        if (path is null) return [];
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Options);
            if (content?.Tasks is null || !IsOf(family, content)) return [];
            return [.. content.Tasks.Where(entry => entry.Task?.Length == family.Spec.Task.Count)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    private static bool IsOf(TaskFamily family, Content content) =>
        content.Planner == Planner
        && content.Family == family.Name
        && content.Settings?.SequenceEqual(Settings(family)) == true;

    private void Write(TaskFamily family, List<Entry> kept)
    {
        if (path is null) return;
        try
        {
            AtomicFile.WriteText(path, JsonSerializer.Serialize(new Content(family.Name, Planner, [.. Settings(family)], kept), Options));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A run folder that cannot be written to must not stop the evaluation.
        }
    }

    private static IEnumerable<string> Settings(TaskFamily family) =>
        family.Spec.Settings.Select(setting => $"{setting.Name}: {setting.Value} {setting.Unit}");

    private sealed record Content(string? Family, int Planner, IReadOnlyList<string>? Settings, List<Entry>? Tasks);

    private sealed record Entry(double[] Task, double Return);
}
