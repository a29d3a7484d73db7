namespace MamlRobotics.Envs;

/// <summary>
/// Writes results to files, all at once: readers, and a machine after a power failure, find the old content or the new one, never a part
/// of it. Where the path is a link, the file that it points to is replaced, not the link. A pipe or a device receives the result after
/// it is complete, and "-" is the standard output.
/// </summary>
public static class AtomicFile
{
    private const string Dash = "-";

    private static readonly string[] StandardOutputs = [Dash, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    private static readonly string[] Descriptors = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Whether the path is that of the standard output.</summary>
    public static bool IsStandardOutput(string path) => Target(path) == Dash;

    /// <summary>Whether the path is that of a pipe, a device or an empty file. These are written to directly, not replaced.</summary>
    public static bool IsWrittenThrough(string path) => IsWrittenThroughAt(Target(path));

    /// <summary>Checks, before any work, that the file can be written.</summary>
    /// <exception cref="InputException">The folder does not exist, or nothing can be written in it.</exception>
    public static void Check(string path)
    {
        string target = Target(path);
        if (Directory.Exists(target)) throw new InputException($"{path} is a folder; name a file.");
        // A further check would have to open the file, and opening a pipe waits for its reader.
        if (IsWrittenThroughAt(target)) return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        if (!Directory.Exists(folder)) throw new InputException($"There is no folder {folder} to write {Path.GetFileName(target)} into.");
        try
        {
            const FileOptions Options = FileOptions.DeleteOnClose;
            new FileStream(Temporary(target), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, Options).Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write {path}: no file can be made in {folder} ({problem.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>Writes a file by a stream.</summary>
    public static void Write(string path, Action<Stream> write) => WriteBy(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write);
        write(stream);
        stream.Flush(flushToDisk: true);
    });

    /// <summary>Lets another program write the file.</summary>
    /// <param name="write">Writes a file with the given path</param>
    public static void WriteBy(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Target(path);
        bool isReplaced = !IsWrittenThroughAt(target);
        string temporary = isReplaced ? Temporary(target) : Path.GetTempFileName();
        try
        {
            write(temporary);
            if (isReplaced) File.Move(temporary, target, overwrite: true);
            else Copy(temporary, target);
        }
        finally
        {
            // On a full disk, a part of the result would take up the space that is left.
            File.Delete(temporary);
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    private static void Copy(string from, string target)
    {
        using FileStream source = File.OpenRead(from);
        using Stream sink = target == Dash
            ? Console.OpenStandardOutput()
            : new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        source.CopyTo(sink);
    }

    /// <summary>The file that a path leads to when links are followed; a dash for the standard output.</summary>
    private static string Target(string path)
    {
        const int LongestChain = 40;
        string target = path;
        for (int link = 0; link < LongestChain; link++)
        {
            if (StandardOutputs.Contains(target)) return Dash;
            // On Linux an open file looks like a link, and an open pipe like a link to a name that does not exist.
            if (IsDescriptor(target)) return target;
            var file = new FileInfo(target);
            if (file.LinkTarget is null) return target;
            target = file.ResolveLinkTarget(returnFinalTarget: false)!.FullName;
        }
        throw new InputException($"{path} is a link that leads to itself; name another file.");
    }

    private static bool IsDescriptor(string target) => Descriptors.Any(folder => target.StartsWith(folder, StringComparison.Ordinal));

    // Pipes and devices have a length of zero. So has an empty file, which can be written to directly because it has no content to lose.
    private static bool IsWrittenThroughAt(string target) =>
        target == Dash || IsDescriptor(target) || new FileInfo(target) is { Exists: true, Length: 0 };

    private static string Temporary(string target) => target + ".tmp";
}
