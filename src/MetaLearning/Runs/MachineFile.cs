using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// machine.json of a run folder. It describes the machine that the run started on, and for each time that the run was resumed, the
/// machine and the number of iterations done before.
/// </summary>
public static class MachineFile
{
    private const string Resumed = "resumed", Commit = "commit";

    /// <param name="threads">The number of threads of each process</param>
    /// <param name="processes">The number of processes that train the run together</param>
    public static void Begin(string path, Device device, int threads, int processes = 1) =>
        Write(path, Described(device, threads, processes));

    /// <summary>Adds the machine on which a run is resumed.</summary>
    /// <param name="iteration">The number of iterations done before</param>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static void GoOn(string path, int iteration, Device device, int threads, int processes = 1)
    {
        JsonObject session = Described(device, threads, processes);
        session.Insert(0, "after_iteration", iteration);
        JsonObject file = Read(path);
        if (file[Resumed] is null) file[Resumed] = new JsonArray();
        file[Resumed]!.AsArray().Add(session);
        Write(path, file);
    }

    /// <summary>The commit of the program that trained the run last; empty where it is not known.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static string LastCommit(string path) => Last(path, Commit);

    /// <summary>What the file says of the machine that trained the run last; empty where it does not say it.</summary>
    /// <param name="key">A key of <see cref="Machine.Describe"/></param>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static string Last(string path, string key)
    {
        JsonObject file = Read(path);
        return Parsed(path, () => ((file[Resumed] as JsonArray)?.LastOrDefault() ?? file)[key]?.AsValue().ToString() ?? "");
    }

    private static JsonObject Described(Device device, int threads, int processes)
    {
        JsonObject machine = Machine.Describe(device, threads);
        if (processes > 1) machine["processes"] = processes;
        return machine;
    }

    private static JsonObject Read(string path) => !File.Exists(path) ? [] : Parsed(path, () =>
    {
        JsonObject file = JsonText.Parse(InputFile.ReadText(path)) ?? throw new FormatException();
        _ = file[Resumed]?.AsArray();
        return file;
    });

    private static T Parsed<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InputException($"{path} is damaged; restore it, or delete it to continue without it.");
        }
    }

    private static void Write(string path, JsonObject file) =>
        AtomicFile.WriteText(path, file.ToJsonString(new() { WriteIndented = true }));
}
