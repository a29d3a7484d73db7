using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Writes films as MP4 by way of the ffmpeg program.</summary>
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
            throw new InputException("MP4 needs the program ffmpeg, which is not on the PATH (on Debian: apt-get install ffmpeg). GIF and APNG need nothing: name the file .gif or .apng.");
        }
    }

    /// <exception cref="IOException">ffmpeg failed.</exception>
    public static void Write(string path, Clip clip)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{clip.Width}x{clip.Height}");
        // Players want 4:2:0, which has no odd sizes.
        using Process ffmpeg = Start(
            "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size,
            "-r", clip.FramesPerSecond.ToString(CultureInfo.InvariantCulture), "-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2",
            "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", path);
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
            // It has ended early; its own message, below, says why.
        }
        catch
        {
            // Else it would write what there is of the film.
            ffmpeg.Kill();
            ffmpeg.WaitForExit();
            throw;
        }
        ffmpeg.WaitForExit();
        string message = errors.Result.Trim().ReplaceLineEndings(" ");
        // On a full disk ffmpeg tells of an error and nevertheless ends as if all were well.
        if (ffmpeg.ExitCode == 0 && hasAllFrames && message.Length == 0 && new FileInfo(path) is { Exists: true, Length: > 0 }) return;
        throw new IOException($"ffmpeg could not write the film: {(message.Length > 0 ? message : $"it ended early, with exit code {ffmpeg.ExitCode}.")}");
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
