using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>Turns what reading files throws into one line for the user.</summary>
internal static class DataErrors
{
    /// <summary>Runs <paramref name="read"/> on a file or folder that a user named, which may be anything.</summary>
    /// <exception cref="InputException">It is missing, cannot be read, or is damaged.</exception>
    public static T Explain<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no file or folder {path}.");
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or ArgumentException
            or NotSupportedException or OverflowException or FormatException or IndexOutOfRangeException)
        {
            throw new InputException($"{path} is damaged: {FirstLine(problem)}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {FirstLine(problem)}");
        }
    }

    /// <summary>Refuses data that would not fit into memory, before any of it is kept.</summary>
    /// <exception cref="InputException">The pictures need more than 4 GiB.</exception>
    public static void RequireRoom(string path, long pictures, int side)
    {
        const long Most = 1L << 32;
        long bytes = pictures * side * side * sizeof(float);
        if (bytes > Most)
            throw new InputException(
                $"{path} has {pictures:N0} pictures, which need {bytes >> 20:N0} MiB at {side} x {side}; "
                + $"at most {Most >> 20:N0} MiB are read.");
    }

    private static string FirstLine(Exception problem) => problem.Message.Split('\n')[0].TrimEnd();
}
