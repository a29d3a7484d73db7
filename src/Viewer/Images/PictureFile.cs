using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes a picture or film in the format that the file's name asks for. A name without an extension means a folder of
/// single pictures. A format that is given, such as "gif", overrides the name: the name of a pipe says nothing.
/// </summary>
public static class PictureFile
{
    private const string Kinds = ".png, .gif, .apng or .mp4, or a folder's name for one PNG per frame";

    /// <summary>Checks, before anything is computed, that the file can be written.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Check(string path, string? format = null)
    {
        string kind = Kind(path, format);
        if (kind is not ("" or ".png" or ".gif" or ".apng" or ".mp4"))
            throw new InputException($"No picture of kind '{kind}' can be written; name the file {Kinds}.");
        if (kind.Length > 0) AtomicFile.Check(path);
        else CheckFolder(path);
        if (kind == ".mp4") Mp4File.RequireEncoder();
    }

    /// <summary>Writes a film, or only its last frame to a file that holds a single picture.</summary>
    public static void Write(string path, Clip clip, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        switch (Kind(path, format))
        {
            case ".png":
                var still = new Bitmap(clip.Width, clip.Height);
                clip.Draw(clip.Frames - 1, still);
                PngFile.Write(path, still);
                break;
            case ".gif":
                AtomicFile.Write(path, stream => GifFile.Write(stream, clip));
                break;
            case ".apng":
                AtomicFile.Write(path, stream => ApngFile.Write(stream, clip));
                break;
            case ".mp4":
                AtomicFile.WriteBy(path, temporary => Mp4File.Write(temporary, clip));
                break;
            default:
                WriteFolder(path, clip);
                break;
        }
    }

    private static void CheckFolder(string path)
    {
        if (AtomicFile.IsWrittenThrough(path))
            throw new InputException(
                $"'{path}' does not say what kind of picture it is to be; say it with --format, such as --format png.");
        if (File.Exists(path))
            throw new InputException($"{path} is a file; a name without an extension is a folder. Name the file {Kinds}.");
        string? parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null && !Directory.Exists(parent))
            throw new InputException($"There is no folder {parent} to write {Path.GetFileName(path)} into.");
    }

    private static void WriteFolder(string path, Clip clip)
    {
        Directory.CreateDirectory(path);
        int frame = 0;
        foreach (Bitmap bitmap in clip.All())
            PngFile.Write(Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"frame{frame++:D5}.png")), bitmap);
    }

    private static string Kind(string path, string? format) =>
        (format is null ? Path.GetExtension(Path.TrimEndingDirectorySeparator(path)) : "." + format).ToLowerInvariant();
}
