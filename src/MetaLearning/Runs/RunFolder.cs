using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>The folder of a run and the paths of its files. It is locked while the run goes on.</summary>
public sealed class RunFolder : IDisposable
{
    // The error codes of Windows and Linux for a file that is locked.
    private const int SharingViolation = unchecked((int)0x80070020), WouldBlock = 11;

    private readonly FileStream lockFile;

    private RunFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
        Directory.CreateDirectory(System.IO.Path.Combine(path, "checkpoints"));
        Directory.CreateDirectory(System.IO.Path.Combine(path, "tasks"));
    }

    public string Path { get; }
    public string Config => ConfigIn(Path);
    public string Machine => In("machine.json");
    public string Metrics => In("metrics.csv");
    public string Evaluation => In("evaluation.json");
    public string Latest => LatestIn(Path);
    public string Best => BestIn(Path);

    /// <summary>The folder of the files that list the tasks of the run.</summary>
    public string Tasks => In("tasks");

    public static string LatestIn(string path) => System.IO.Path.Combine(path, "checkpoints", "latest.safetensors");

    public static string BestIn(string path) => System.IO.Path.Combine(path, "checkpoints", "best.safetensors");

    /// <summary>Requires that the configuration file of a run is the same as the configuration in its checkpoint.</summary>
    /// <exception cref="InputException">They differ; the message names the keys.</exception>
    public static void RequireConfig(string path, TrainingConfig file, Checkpoint checkpoint)
    {
        (string Key, string One, string Other)[] differences = [.. ConfigFormat.Differences(file, checkpoint.Config)];
        if (differences.Length == 0) return;
        string command = $"maml train --resume {ShellWord.Quoted(path)} --set iterations=N";
        string further = differences is [("iterations", _, _)] ? $"; to train further: {command}" : "";
        string keys = string.Join("; ", differences.Select(key => $"{key.Key} {key.One}, there {key.Other}"));
        throw new InputException($"{ConfigIn(path)} is not that of the checkpoint ({keys}); put it back{further}.");
    }

    /// <exception cref="InputException">The folder exists and is not empty, or cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        if (File.Exists(path)) throw new InputException($"{path} is a file; give --out a folder that does not exist yet.");
        try
        {
            Directory.CreateDirectory(path);
            if (File.Exists(LatestIn(path))) throw HoldsRun(path);
            // A run that was killed before its first checkpoint leaves a lock file and nothing worth keeping.
            if (!File.Exists(LockIn(path)) && Directory.EnumerateFileSystemEntries(path).Any())
                throw new InputException($"{path} is not empty; give --out another folder.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot make the run folder {path}: {problem.Message}");
        }
        return Lock(path);
    }

    private static InputException HoldsRun(string path) =>
        new($"{path} is not empty; give --out another folder, or continue that run with --resume {ShellWord.Quoted(path)}.");

    /// <summary>Creates a folder with a suggested name, and adds a number to the name where another run has taken it already.</summary>
    /// <exception cref="InputException">The folder cannot be created.</exception>
    public static RunFolder CreateUnused(string name)
    {
        string path = name;
        for (int number = 2; ; path = FormattableString.Invariant($"{name}-{number++}"))
        {
            try
            {
                Directory.CreateDirectory(path);
                // Where several programs try at once, the system lets only one of them create the file.
                return new RunFolder(path, new FileStream(LockIn(path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(LockIn(path)))
            {
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"Cannot make the run folder {path}: {problem.Message}");
            }
        }
    }

    /// <exception cref="InputException">There is no run in the folder, or it is in use.</exception>
    public static RunFolder Open(string path)
    {
        if (!File.Exists(LatestIn(path)))
            throw new InputException($"{path} holds no run to resume: there is no checkpoints/latest.safetensors in it.");
        return Lock(path);
    }

    /// <summary>Whether a run goes on in the folder at present.</summary>
    public static bool IsInUse(string path)
    {
        try
        {
            if (File.Exists(LockIn(path))) new FileStream(LockIn(path), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException problem) when (IsLocked(problem))
        {
            return true;
        }
    }

    public void Dispose() => lockFile.Dispose();

    private static bool IsLocked(IOException problem) => problem.HResult is SharingViolation or WouldBlock;

    private static RunFolder Lock(string path)
    {
        try
        {
            // The system releases the lock when the process ends, in whatever way.
            return new RunFolder(path, new FileStream(LockIn(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (IsLocked(problem))
        {
            throw new InputException($"{path} is in use by another run; wait until it ends or choose another folder.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write to {path}: {problem.Message}");
        }
    }

    public static string ConfigIn(string path) => System.IO.Path.Combine(path, "config.json");

    private static string LockIn(string path) => System.IO.Path.Combine(path, ".lock");

    private string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
