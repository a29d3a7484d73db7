using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml dynamics`: regression tests of environment dynamics.</summary>
internal static class DynamicsCommand
{
    public static Command Create() => HelpWithExamples.AddTo(
        new Command("dynamics", "Record the dynamics of an environment, and check later that they are still the same.") { Record(), Check() },
        "maml dynamics record arm-goals --out arm-goals.safetensors", "maml dynamics check arm-goals.safetensors");

    private static Command Record()
    {
        Argument<string> name = new("ENVIRONMENT") { Description = "What to record; see `maml envs`." };
        Option<string> output = new("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        Option<int> tasks = CommonOptions.Whole("--tasks", "Tasks to draw.", minimum: 1, value: 5);
        Option<int> steps = CommonOptions.Whole("--steps", "Steps per task.", minimum: 1, value: 100);
        var command = new Command("record", "Write golden steps of an environment: states, actions, rewards, parameters and integrator.") { name, output, tasks, steps };
        command.SetAction(parsed =>
        {
            TaskFamily family = TaskFamilies.Named(parsed.GetValue(name)!);
            string path = parsed.GetValue(output)!;
            CommonOptions.CheckWritable(path);
            GoldenFile.Write(path, GoldenDynamics.Record(family, parsed.GetValue(tasks), parsed.GetValue(steps)));
            Console.WriteLine($"{path}: {parsed.GetValue(tasks) * parsed.GetValue(steps)} steps of {family.Name}");
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml dynamics record arm-goals --out arm-goals.safetensors");
    }

    private static Command Check()
    {
        Argument<string[]> files = new("FILE") { Description = "Recordings.", Arity = ArgumentArity.OneOrMore };
        Option<double> tolerance = new("--tolerance") { Description = "Largest difference, relative to one plus the size of the number.", HelpName = "X", DefaultValueFactory = _ => 1e-9 };
        var command = new Command("check", "Take recorded steps anew with the present code; exit code 1 if any number differs.") { files, tolerance };
        command.SetAction(parsed =>
        {
            double allowed = parsed.GetValue(tolerance);
            if (!(allowed >= 0)) throw new InputException($"--tolerance must be a number of at least 0, not {allowed}.");
            // All files are read before any is checked: wrong input is found before anything ran.
            (string Path, GoldenDynamics Golden)[] recordings = [.. parsed.GetValue(files)!.Select(path => (path, GoldenFile.Read(path)))];
            return recordings.Count(item => !IsSame(item.Path, item.Golden, allowed)) > 0 ? 1 : 0;
        });
        return HelpWithExamples.AddTo(command, "maml dynamics check arm-goals.safetensors");
    }

    private static bool IsSame(string path, GoldenDynamics golden, double tolerance)
    {
        string[] changed = [.. golden.ChangedSettings()];
        foreach (string setting in changed) Console.WriteLine($"{path}: {golden.Family}: {setting}");
        Deviation? first = golden.FirstDeviation((family, tasks, count, autoReset) => new ScalarSubject(family, tasks, count, autoReset), tolerance);
        Console.WriteLine(first is null
            ? $"{path}: {golden.Family}: {golden.States.Length} steps are the same"
            : string.Create(CultureInfo.InvariantCulture,
                $"{path}: {golden.Family}: task {first.Task}, step {first.Step}: {first.Coordinate} was {first.Recorded:R} and is {first.Now:R}, off by {first.Size:G3}"));
        return first is null && changed.Length == 0;
    }
}
