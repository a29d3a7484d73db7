using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>A run's folder, locked while the run goes on: where each of its files is.</summary>
public sealed class RunFolder : IDisposable
{
    // How Windows and Linux say that a file is locked.
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

    /// <summary>Where the tasks of a run are kept.</summary>
    public string Tasks => In("tasks");

    public static string LatestIn(string path) => System.IO.Path.Combine(path, "checkpoints", "latest.safetensors");

    public static string BestIn(string path) => System.IO.Path.Combine(path, "checkpoints", "best.safetensors");

    /// <summary>Requires that a run's configuration file is the one that it is trained with, which its checkpoints hold.</summary>
    /// <exception cref="InputException">It is another one; the message names the keys.</exception>
    public static void RequireConfig(string path, TrainingConfig file, Checkpoint checkpoint)
    {
        (string Key, string One, string Other)[] differences = [.. ConfigFormat.Differences(file, checkpoint.Config)];
        if (differences.Length == 0) return;
        string further = differences is [("iterations", _, _)] ? $"; to train further: maml train --resume {ShellWord.Quoted(path)} --set iterations=N" : "";
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
            if (File.Exists(LatestIn(path))) throw new InputException($"{path} is not empty; give --out another folder, or continue that run with --resume {ShellWord.Quoted(path)}.");
            // A run that was killed before its first checkpoint has left a lock and nothing worth keeping.
            if (!File.Exists(LockIn(path)) && Directory.EnumerateFileSystemEntries(path).Any())
                throw new InputException($"{path} is not empty; give --out another folder.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot make the run folder {path}: {problem.Message}");
        }
        return Lock(path);
    }

    /// <summary>A new folder of a name that nobody chose, with a number behind it where another run was faster to take it.</summary>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static RunFolder CreateUnused(string name)
    {
        string path = name;
        for (int number = 2; ; path = FormattableString.Invariant($"{name}-{number++}"))
        {
            try
            {
                Directory.CreateDirectory(path);
                // Of several programs, the system lets one make the file.
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

    public void Dispose() => lockFile.Dispose();

    private static RunFolder Lock(string path)
    {
        try
        {
            // The system drops the lock with the process, however that ends.
            return new RunFolder(path, new FileStream(LockIn(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (problem.HResult is SharingViolation or WouldBlock)
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
