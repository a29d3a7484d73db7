namespace MamlRobotics.Envs;

/// <summary>Writes a file so that a reader, or a machine that loses power, sees the old content or the new, never a part.</summary>
public static class AtomicFile
{
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
        string temporary = path + ".tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // On a full disk the part that did fit would be in the way of everything else.
            File.Delete(temporary);
            throw;
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });
}
