using System.Text;

namespace MamlRobotics.Envs;

/// <summary>Reads text that a user names, which may be anything: a film instead of a table, or a device without an end.</summary>
public static class InputFile
{
    private const int ChunkLength = 1 << 16;

    /// <param name="longest">More letters than this are refused, without reading on.</param>
    /// <exception cref="InputException">It is no text, or too long.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string ReadText(string path, int longest = 1 << 26)
    {
        // A run that goes on keeps its files open for writing.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        if (reader.BaseStream.CanSeek && reader.BaseStream.Length > longest) throw TooLong(path);
        var text = new StringBuilder();
        var chunk = new char[ChunkLength];
        for (int read; (read = reader.Read(chunk)) > 0; text.Append(chunk, 0, read))
        {
            if (chunk.AsSpan(0, read).Contains('\0')) throw new InputException($"{path} is no text.");
            if (text.Length + read > longest) throw TooLong(path);
        }
        return text.ToString();
    }

    private static InputException TooLong(string path) => new($"{path} is too long to be what is read here, or has no end.");
}
