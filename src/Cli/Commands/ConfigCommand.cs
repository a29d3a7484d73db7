using System.CommandLine;
using System.Text.Json.Nodes;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml config`: the effective configuration, with a sentence for each key.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        Argument<string?> file = new("CONFIG.json") { Description = "A configuration; without it, the defaults.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = TrainCommand.SetOption();
        var command = new Command("config", "Print the effective configuration with a sentence for each key.") { file, set };
        command.SetAction(parsed =>
        {
            string[] settings = parsed.GetValue(set) ?? [];
            MetaTrainingConfig config = parsed.GetValue(file) is { } path ? ConfigReader.ReadFile(path, settings) : ConfigReader.Parse("{}", "defaults", settings);
            Print(config);
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml config", "maml config configs/demo.json --set iterations=200");
    }

    private static void Print(MetaTrainingConfig config)
    {
        JsonObject values = JsonNode.Parse(ConfigReader.ToJson(config))!.AsObject();
        Dictionary<string, string> descriptions = ConfigReader.Descriptions.ToDictionary(entry => entry.Key, entry => entry.Description);
        // Comments are allowed in configurations, so that the output is one.
        Console.WriteLine("{");
        int left = values.Count;
        foreach ((string key, JsonNode? value) in values)
        {
            Console.WriteLine($"  // {descriptions[key]}");
            Console.WriteLine($"  \"{key}\": {value!.ToJsonString()}{(--left > 0 ? "," : "")}");
        }
        Console.WriteLine("}");
    }
}
