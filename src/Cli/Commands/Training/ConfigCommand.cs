using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.MetaLearning;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml config`: prints the effective configuration with a description of each key.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        Argument<string?> file = new("CONFIG.json")
        {
            Description = "A configuration; without it, the defaults.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> set = TrainCommand.SetOption();
        var command = new Command("config", "Print the effective configuration with a description of each key.") { file, set };
        command.SetAction(parsed =>
        {
            string[] settings = parsed.GetValue(set) ?? [];
            TrainingConfig config = parsed.GetValue(file) is { } path
                ? ConfigFormat.ReadFile(path, settings) : ConfigFormat.Parse("{}", "defaults", settings);
            Print(config);
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml config", "maml config configs/demo.json --set iterations=200");
    }

    // Configurations may have comments, so the output is a valid configuration.
    private static void Print(TrainingConfig config)
    {
        Console.WriteLine("{");
        ConfigEntry[] entries = [.. ConfigFormat.Entries(config)];
        foreach ((int index, ConfigEntry entry) in entries.Index())
        {
            bool isLast = index == entries.Length - 1;
            Print(entry, "  ", isLast && entry.Options.Count == 0);
            if (entry.Options.Count > 0) PrintOptions(entry, isLast);
        }
        Console.WriteLine("}");
    }

    private static void PrintOptions(ConfigEntry choice, bool isLast)
    {
        Console.WriteLine($"  \"{choice.Value}\": {{");
        foreach ((int index, ConfigEntry option) in choice.Options.Index()) Print(option, "    ", index == choice.Options.Count - 1);
        Console.WriteLine($"  }}{(isLast ? "" : ",")}");
    }

    private static void Print(ConfigEntry entry, string indent, bool isLast)
    {
        Console.WriteLine($"{indent}// {entry.Description}");
        Console.WriteLine($"{indent}\"{entry.Key}\": {entry.Value!.ToJsonString()}{(isLast ? "" : ",")}");
    }
}
