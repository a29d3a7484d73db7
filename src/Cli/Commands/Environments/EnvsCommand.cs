using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml envs` lists the families of tasks, or describes one.</summary>
internal static class EnvsCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Argument<string?> name = new("NAME") { Description = "One environment; without it, all of them.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        var command = new Command("envs", "List the environments with their task parameters, units and bounds, or describe one.")
        { name, json };
        command.SetAction(parsed =>
        {
            bool isJson = parsed.GetValue(json);
            if (parsed.GetValue(name) is { } wanted) PrintOne(TaskFamilies.Named(wanted), isJson);
            else PrintAll([.. TaskFamilies.ByName.Values.OrderBy(family => family.Name, StringComparer.Ordinal)], isJson);
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml envs", "maml envs arm-goals --json");
    }

    private static void PrintAll(TaskFamily[] families, bool isJson)
    {
        if (isJson) Console.WriteLine(JsonSerializer.Serialize(families.Select(Document), Indented));
        else foreach (TaskFamily family in families) Summarise(family);
    }

    private static void PrintOne(TaskFamily family, bool isJson)
    {
        if (isJson) Console.WriteLine(JsonSerializer.Serialize(Document(family), Indented));
        else Describe(family);
    }

    private static void Summarise(TaskFamily family)
    {
        Console.WriteLine(family.Name);
        Console.WriteLine($"  {family.Summary}");
        Console.WriteLine($"  tasks: {string.Join(", ", family.Spec.Task.Select(Text))}");
    }

    private static void Describe(TaskFamily family)
    {
        Console.WriteLine($"{family.Name}: {family.Summary}");
        Console.WriteLine($"source: {family.Source}");
        Console.WriteLine($"horizon: {family.Spec.Horizon} steps");
        string optimum = family.OptimalControl is null
            ? "no closed form is known; a planner finds a best known return" : "known in closed form";
        Console.WriteLine($"optimum: {optimum}");
        foreach (string configuration in Configurations(family)) Console.WriteLine($"train it with: maml train configs/{configuration}");
        foreach ((string title, IReadOnlyList<Coordinate> coordinates) in Groups(family.Spec))
        {
            Console.WriteLine($"{title}:");
            foreach (Coordinate coordinate in coordinates) Console.WriteLine($"  {Text(coordinate)}");
        }
        Console.WriteLine("the same for every task:");
        foreach (Setting setting in family.Spec.Settings)
            Console.WriteLine($"  {setting.Name}: {setting.Value} {(setting.Unit == "1" ? "" : setting.Unit)}".TrimEnd());
    }

    /// <summary>The project's own configurations that train on a family.</summary>
    private static IEnumerable<string> Configurations(TaskFamily family) =>
        from path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "configs"), "*.json").Order(StringComparer.Ordinal)
        where ConfigFormat.ReadFile(path, []) is MetaTrainingConfig config && config.Environment == family.Name
        select Path.GetFileName(path);

    private static object Document(TaskFamily family) => new
    {
        name = family.Name,
        summary = family.Summary,
        source = family.Source,
        horizon = family.Spec.Horizon,
        optimalReturnKnown = family.OptimalControl is not null,
        task = family.Spec.Task.Select(Document),
        observation = family.Spec.Observation.Select(Document),
        action = family.Spec.Action.Select(Document),
        state = family.Spec.State.Select(Document),
        settings = family.Spec.Settings.Select(setting => new { name = setting.Name, value = setting.Value, unit = setting.Unit }),
    };

    // JSON has no infinity, so an infinite bound is null.
    private static object Document(Coordinate coordinate) => new
    {
        name = coordinate.Name,
        unit = coordinate.Unit,
        low = double.IsFinite(coordinate.Low) ? coordinate.Low : (double?)null,
        high = double.IsFinite(coordinate.High) ? coordinate.High : (double?)null,
    };

    private static IEnumerable<(string, IReadOnlyList<Coordinate>)> Groups(EnvironmentSpec spec) =>
        [("task", spec.Task), ("observation", spec.Observation), ("action", spec.Action), ("state", spec.State)];

    private static string Text(Coordinate coordinate)
    {
        string unit = coordinate.Unit == "1" ? "" : $" {coordinate.Unit}";
        return double.IsFinite(coordinate.Low) || double.IsFinite(coordinate.High)
            ? $"{coordinate.Name} [{Number(coordinate.Low)}, {Number(coordinate.High)}]{unit}"
            : $"{coordinate.Name}{unit}";
    }

    private static string Number(double value) => double.IsFinite(value)
        ? value.ToString("G6", CultureInfo.InvariantCulture)
        : value < 0 ? "-inf" : "inf";
}
