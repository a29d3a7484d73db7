namespace MamlRobotics.Envs;

/// <summary>
/// Writes results to where a user sent them. A file has for its readers, and after a loss of power, its old content or its new
/// one, never a part of it. A link is followed: the file that it names is replaced, not the link. A pipe or a device receives
/// the whole result at once, and "-" stands for the standard output.
/// </summary>
public static class AtomicFile
{
    private const string Dash = "-";

    private static readonly string[] StandardOutputs = [Dash, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    private static readonly string[] Descriptors = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Whether a result of this name goes to the standard output.</summary>
    public static bool IsStandardOutput(string path) => Target(path) == Dash;

    /// <summary>Whether the name is that of a pipe or a device, or of an empty file, which are written where they are.</summary>
    public static bool IsWrittenThrough(string path) => IsWrittenThroughAt(Target(path));

    /// <summary>Finds out before any work whether the file could be written at its end.</summary>
    /// <exception cref="InputException">It could not: the folder is not there, or nothing can be written in it.</exception>
    public static void Check(string path)
    {
        string target = Target(path);
        if (Directory.Exists(target)) throw new InputException($"{path} is a folder; name a file.");
        // Only opening would tell more, and opening a pipe waits for its reader.
        if (IsWrittenThroughAt(target)) return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        if (!Directory.Exists(folder)) throw new InputException($"There is no folder {folder} to write {Path.GetFileName(target)} into.");
        try
        {
            using (new FileStream(Temporary(target), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write {path}: no file can be made in {folder} ({problem.Message.TrimEnd('.')}).");
        }
    }

    public static void Write(string path, Action<Stream> write) => WriteBy(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write);
        write(stream);
        stream.Flush(flushToDisk: true);
    });

    /// <summary>For another program that writes the file.</summary>
    /// <param name="write">Writes a file of the name that it is given</param>
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
            // On a full disk the part that did fit would be in the way of everything else.
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
        using Stream sink = target == Dash ? Console.OpenStandardOutput() : new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        source.CopyTo(sink);
    }

    /// <summary>What a name leads to when links are followed; a dash for the standard output.</summary>
    private static string Target(string path)
    {
        const int LongestChain = 40;
        string target = path;
        for (int link = 0; link < LongestChain; link++)
        {
            if (StandardOutputs.Contains(target)) return Dash;
            // Linux shows an open file as a link, and an open pipe as a link to a name that is not there.
            if (IsDescriptor(target)) return target;
            var file = new FileInfo(target);
            if (file.LinkTarget is null) return target;
            target = file.ResolveLinkTarget(returnFinalTarget: false)!.FullName;
        }
        throw new InputException($"{path} is a link that leads to itself; name another file.");
    }

    private static bool IsDescriptor(string target) => Descriptors.Any(folder => target.StartsWith(folder, StringComparison.Ordinal));

    // Pipes and devices have no length. An empty file has none either and is written like them: it has no content to lose.
    private static bool IsWrittenThroughAt(string target) => target == Dash || IsDescriptor(target) || new FileInfo(target) is { Exists: true, Length: 0 };

    private static string Temporary(string target) => target + ".tmp";
}
