using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
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

    public static Option<string> Theme() => new("--theme")
    {
        Description = "dark or light.", HelpName = "dark|light", DefaultValueFactory = _ => Viewer.Theme.Dark.Name,
    };

    public static Option<int> Threads() =>
        Whole("--threads", "CPU threads. Results do not depend on their number.", minimum: 1, System.Environment.ProcessorCount);

    public static Option<string?> Json() => new("--json")
    {
        Description = "Also write the result to this file; - is the standard output.", HelpName = "FILE",
    };

    /// <param name="kinds">The formats that can be chosen, as text</param>
    public static Option<string?> Format(string kinds) => new("--format")
    {
        Description = $"{kinds}. Needed where the file's name does not tell, as for - (the standard output).", HelpName = "KIND",
    };

    public static Option<string?> Out() => new("--out")
    {
        Description = "The run folder, which must be empty or not exist yet. [default: runs/NAME-DATE-TIME]", HelpName = "DIR",
    };

    public static Option<long?> Seed(string description) => new("--seed")
    {
        Description = description, HelpName = "N", CustomParser = result => Parse(result, 0, long.MaxValue),
    };

    /// <summary>An option that takes a whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Option<int> Whole(string name, string description, int minimum, int value, int maximum = 1_000_000) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => value,
        CustomParser = result => (int)Parse(result, minimum, maximum)!,
    };

    /// <summary>An option without a default that takes a whole number from <paramref name="minimum"/>.</summary>
    public static Option<int?> Count(string name, string description, int minimum) => new(name)
    {
        Description = description, HelpName = "N", CustomParser = result => (int?)Parse(result, minimum, 1_000_000),
    };

    /// <exception cref="InputException">There is no such kind of device.</exception>
    public static void CheckDevice(string name)
    {
        if (name is not ("auto" or "cpu" or "cuda")) throw new InputException($"--device must be auto, cpu or cuda, not '{name}'.");
    }

    /// <exception cref="InputException">There is no such device.</exception>
    /// <exception cref="PlatformNotSupportedException">libtorch does not load. The message is one line.</exception>
    public static torch.Device ParseDevice(string name)
    {
        CheckDevice(name);
        NativeTorch.Load();
        if (name != "cpu" && cuda.is_available()) return CUDA;
        return name != "cuda" ? CPU : throw new InputException(
            "--device cuda: there is no CUDA device that this libtorch can use (docs/gpu.md says which can); "
            + "take --device cpu, or leave it out.");
    }

    /// <exception cref="InputException">There is no such theme.</exception>
    public static Theme ParseTheme(string name) => name == Viewer.Theme.Dark.Name || name == Viewer.Theme.Light.Name
        ? Viewer.Theme.Of(name) : throw new InputException($"--theme must be dark or light, not '{name}'.");

    /// <summary>Whether the user gave an option, rather than leaving it at its default.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>
    /// Fails before any work where the result could not be written at the end. A result that goes to the standard output must be
    /// alone there, so whatever else is printed then goes to the error stream.
    /// </summary>
    /// <exception cref="InputException">
    /// The folder does not exist, nothing can be written in it, or another result already goes to the standard output.
    /// </exception>
    public static void CheckWritable(string? path)
    {
        if (path is null) return;
        AtomicFile.Check(path);
        if (!AtomicFile.IsStandardOutput(path)) return;
        if (ReferenceEquals(Console.Out, Console.Error))
            throw new InputException("Only one result can go to the standard output; name a file for the other.");
        Console.SetOut(Console.Error);
    }

    /// <summary>Creates the folder of a new run.</summary>
    /// <param name="path">The value of --out; if null, the folder is a new one in ./runs</param>
    /// <param name="name">Start of the default name</param>
    /// <exception cref="InputException">The folder cannot be made, or is not empty.</exception>
    public static RunFolder CreateRun(string? path, string name)
    {
        if (path is not null) return RunFolder.Create(path);
        string now = TimeProvider.System.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return RunFolder.CreateUnused(Path.Combine("runs", $"{name}-{now}"));
    }

    private static long? Parse(ArgumentResult result, long minimum, long maximum)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (long.TryParse(text, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum) return value;
        var given = (OptionResult)result.Parent!;
        string option = given.IdentifierToken?.Value ?? given.Option.Name;
        result.AddError(maximum == long.MaxValue
            ? $"{option} must be a whole number of at least {minimum}, not '{text}'"
            : $"{option} must be a whole number between {minimum} and {maximum}, not '{text}'");
        return 0;
    }
}
