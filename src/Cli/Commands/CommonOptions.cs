using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.Policies;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Device() => new("--device")
    {
        Description = "auto (CUDA where there is one), cpu or cuda.", HelpName = "auto|cpu|cuda", DefaultValueFactory = _ => "auto",
    };

    public static Option<string> Theme() => new("--theme") { Description = "dark or light.", HelpName = "dark|light", DefaultValueFactory = _ => Viewer.Theme.Dark.Name };

    public static Option<int> Threads() => Whole("--threads", "CPU threads. Results do not depend on their number.", minimum: 1, System.Environment.ProcessorCount);

    public static Option<string?> Json() => new("--json") { Description = "Also write the result to this file.", HelpName = "FILE" };

    public static Option<string?> Out() => new("--out") { Description = "The run folder; it must not exist or be empty. [default: runs/NAME-DATE-TIME]", HelpName = "DIR" };

    public static Option<long?> Seed(string description) => new("--seed")
    {
        Description = description, HelpName = "N", CustomParser = result => Parse(result, 0, long.MaxValue),
    };

    /// <summary>An option that takes a whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Option<int> Whole(string name, string description, int minimum, int value, int maximum = 1_000_000) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => value, CustomParser = result => (int)Parse(result, minimum, maximum)!,
    };

    /// <exception cref="InputException">There is no such device.</exception>
    /// <exception cref="PlatformNotSupportedException">libtorch does not load. The message is one line.</exception>
    public static torch.Device ParseDevice(string name)
    {
        if (name is not ("auto" or "cpu" or "cuda")) throw new InputException($"--device must be auto, cpu or cuda, not '{name}'.");
        NativeTorch.Load();
        if (name != "cpu" && cuda.is_available()) return CUDA;
        return name != "cuda" ? CPU : throw new InputException(
            "--device cuda: there is no CUDA device that this libtorch can use (docs/gpu.md says which can); "
            + "take --device cpu, or leave it out.");
    }

    /// <exception cref="InputException">There is no such theme.</exception>
    public static Theme ParseTheme(string name) => name == Viewer.Theme.Dark.Name || name == Viewer.Theme.Light.Name
        ? Viewer.Theme.Of(name) : throw new InputException($"--theme must be dark or light, not '{name}'.");

    /// <summary>Whether an option was named, rather than left to its default.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Fails early where the file could not be written at the end.</summary>
    /// <exception cref="InputException">The folder is not there, or nothing can be written in it.</exception>
    public static void CheckWritable(string? path)
    {
        if (path is null) return;
        if (Directory.Exists(path)) throw new InputException($"{path} is a folder; name a file.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) throw new InputException($"There is no folder {folder} to write {Path.GetFileName(path)} into.");
        try
        {
            using (new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write {path}: {problem.Message}");
        }
    }

    /// <summary>A run folder under ./runs that nobody uses yet.</summary>
    public static string DefaultOut(string name) =>
        Path.Combine("runs", $"{name}-{TimeProvider.System.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");

    private static long? Parse(ArgumentResult result, long minimum, long maximum)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (long.TryParse(text, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum) return value;
        string option = ((OptionResult)result.Parent!).Option.Name;
        result.AddError(maximum == long.MaxValue
            ? $"{option} must be a whole number of at least {minimum}, not '{text}'"
            : $"{option} must be a whole number between {minimum} and {maximum}, not '{text}'");
        return 0;
    }
}
