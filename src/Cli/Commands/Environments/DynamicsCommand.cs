using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml dynamics` records an environment's dynamics and checks later that they have not changed.</summary>
internal static class DynamicsCommand
{
    public static Command Create() => HelpWithExamples.AddTo(
        new Command("dynamics", "Record the dynamics of an environment, and check later that they are still the same.")
        {
            CreateRecord(), CreateCheck(),
        },
        "maml dynamics record arm-goals --out arm-goals.safetensors", "maml dynamics check arm-goals.safetensors");

    private static Command CreateRecord()
    {
        Argument<string> name = new("ENVIRONMENT") { Description = "The environment to record; `maml envs` lists them." };
        Option<string> output = new("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        Option<int> tasks = CommonOptions.Whole("--tasks", "Tasks to draw.", minimum: 1, value: 5);
        Option<int> steps = CommonOptions.Whole("--steps", "Steps per task.", minimum: 1, value: 100);
        var command = new Command("record", "Record steps of an environment: states, actions, rewards, parameters and integrator.")
        { name, output, tasks, steps };
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

    private static Command CreateCheck()
    {
        Argument<string[]> files = new("FILE") { Description = "Recordings.", Arity = ArgumentArity.OneOrMore };
        Option<double> tolerance = new("--tolerance")
        {
            Description = "Largest allowed difference, relative to one plus the size of the number.", HelpName = "X",
            DefaultValueFactory = _ => 1e-9,
        };
        var command = new Command("check", "Repeat recorded steps with the present code. The exit code is 1 if any number differs.")
        { files, tolerance };
        command.SetAction(parsed =>
        {
            double allowed = parsed.GetValue(tolerance);
            if (!(allowed >= 0)) throw new InputException($"--tolerance must be a number of at least 0, not {allowed}.");
            // All files are read before the first is checked, so that wrong input is found before any work.
            (string Path, GoldenDynamics Golden)[] recordings = [.. parsed.GetValue(files)!.Select(path => (path, GoldenFile.Read(path)))];
            return recordings.Count(item => !IsUnchanged(item.Path, item.Golden, allowed)) > 0 ? 1 : 0;
        });
        return HelpWithExamples.AddTo(command, "maml dynamics check arm-goals.safetensors");
    }

    /// <summary>Prints whether the dynamics are as recorded, or what has changed.</summary>
    private static bool IsUnchanged(string path, GoldenDynamics golden, double tolerance)
    {
        string title = $"{path}: {golden.Family}:";
        string[] changed = [.. golden.ChangedSettings()];
        foreach (string setting in changed) Console.WriteLine($"{title} {setting}");
        Deviation? first = golden.FirstDeviation(
            (family, tasks, count, autoReset) => new ScalarSubject(family, tasks, count, autoReset), tolerance);
        Console.WriteLine(first is null ? $"{title} {golden.States.Length} steps are the same" : $"{title} {Text(first)}");
        return first is null && changed.Length == 0;
    }

    private static string Text(Deviation deviation) => string.Create(
        CultureInfo.InvariantCulture,
        $"task {deviation.Task}, step {deviation.Step}: {deviation.Coordinate} was {deviation.Recorded:R} and is {deviation.Now:R}, "
        + $"off by {deviation.Size:G3}");
}
