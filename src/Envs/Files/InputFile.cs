using System.Text;

namespace MamlRobotics.Envs;

/// <summary>Reads a text file that a user names. It may turn out to be anything, such as a film or a device without an end.</summary>
public static class InputFile
{
    private const int ChunkLength = 1 << 16;

    /// <param name="longest">The largest number of letters that is accepted; reading stops there</param>
    /// <exception cref="InputException">The file is no text, or too long.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string ReadText(string path, int longest = 1 << 26)
    {
        // A run that is still training keeps its files open for writing.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        if (reader.BaseStream.CanSeek && reader.BaseStream.Length > longest) throw TooLong(path);
        var text = new StringBuilder();
        var chunk = new char[ChunkLength];
        for (int read; (read = reader.Read(chunk)) > 0; text.Append(chunk, 0, read))
        {
            if (chunk.AsSpan(0, read).Contains('\0')) throw new InputException($"{path} is not a text file.");
            if (text.Length + read > longest) throw TooLong(path);
        }
        return text.ToString();
    }

    private static InputException TooLong(string path) => new($"{path} is too long to be the right kind of file, or has no end.");
}
