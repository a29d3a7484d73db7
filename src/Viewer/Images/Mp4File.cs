using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Writes films as MP4 by the program ffmpeg.</summary>
internal static class Mp4File
{
    /// <exception cref="InputException">There is no ffmpeg.</exception>
    public static void RequireEncoder()
    {
        try
        {
            using Process ffmpeg = Start("-version");
            ffmpeg.StandardInput.Close();
            ffmpeg.StandardOutput.ReadToEnd();
            ffmpeg.WaitForExit();
        }
        catch (Win32Exception)
        {
            throw new InputException(
                "MP4 needs the program ffmpeg, which is not on the PATH (on Debian: apt-get install ffmpeg). "
                + "GIF and APNG need nothing: name the file .gif or .apng.");
        }
    }

    /// <exception cref="IOException">ffmpeg failed.</exception>
    public static void Write(string path, Clip clip)
    {
        using Process ffmpeg = StartEncoder(path, clip);
        Task<string> errors = ffmpeg.StandardError.ReadToEndAsync();
        bool hasAllFrames = false;
        try
        {
            foreach (Bitmap frame in clip.All()) ffmpeg.StandardInput.BaseStream.Write(frame.Pixels);
            ffmpeg.StandardInput.Close();
            hasAllFrames = true;
        }
        catch (IOException)
        {
            // The program has ended early. Its own message, which is read below, says why.
        }
        catch
        {
            // Otherwise the program would write the part of the film that it has.
            ffmpeg.Kill();
            ffmpeg.WaitForExit();
            throw;
        }
        ffmpeg.WaitForExit();
        string message = errors.Result.Trim().ReplaceLineEndings(" ");
        // On a full disk ffmpeg prints an error and nevertheless exits with success.
        bool hasFile = new FileInfo(path) is { Exists: true, Length: > 0 };
        if (ffmpeg.ExitCode == 0 && hasAllFrames && message.Length == 0 && hasFile) return;
        string reason = message.Length > 0 ? message : $"it ended early, with exit code {ffmpeg.ExitCode}.";
        throw new IOException($"ffmpeg could not write the film: {reason}");
    }

    private static Process StartEncoder(string path, Clip clip)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{clip.Width}x{clip.Height}");
        string rate = clip.FramesPerSecond.ToString(CultureInfo.InvariantCulture);
        // Players expect the pixel format 4:2:0, which has no odd sizes.
        return Start(
            "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size,
            "-r", rate, "-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2",
            "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", path);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
