using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>The tasks that a policy is evaluated on, as `--tasks` names them.</summary>
/// <param name="Source">The value of `--tasks`</param>
internal sealed record EvaluationTasks(TaskBatch Tasks, string Source)
{
    public const string Test = "test", Paper = "paper";

    private const string HeldOut = "heldout:";

    /// <summary>The goals of the MAML paper, on which its authors published returns.</summary>
    public static EvaluationTasks OfPaper { get; } = new(PaperGoals.Tasks, Paper);

    public bool ArePaper => ReferenceEquals(Tasks, PaperGoals.Tasks);

    /// <param name="stream">The random stream of the evaluation's seed</param>
    /// <exception cref="InputException">The family has no such tasks.</exception>
    public static EvaluationTasks Of(string name, TaskFamily family, RandomStream stream)
    {
        if (name is Test or Paper && ReferenceEquals(family.TestTasks, PaperGoals.Tasks)) return OfPaper;
        if (name == Test) return new(family.TestTasks, name);
        if (name == Paper)
        {
            throw new InputException(
                $"The paper's goals are tasks of 2D navigation, not of {family.Name}; use --tasks {Test}, or leave it out.");
        }
        if (name.StartsWith(HeldOut, StringComparison.Ordinal)) return new(DrawHeldOut(name, family, stream), name);
        return File.Exists(name) ? new(TaskFile.Read(name, family.Spec), name)
            : throw new InputException($"--tasks must be {Test}, {Paper}, {HeldOut}N or a CSV file; there is no file '{name}'.");
    }

    /// <summary>N of "heldout:N", for problems that draw as many tasks as are asked for.</summary>
    /// <param name="what">The tasks, in the plural, for errors</param>
    /// <exception cref="InputException">The name is another.</exception>
    public static int HeldOutCount(string name, string what)
    {
        string number = name.StartsWith(HeldOut, StringComparison.Ordinal) ? name[HeldOut.Length..] : "";
        if (int.TryParse(number, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 100_000) return count;
        throw new InputException($"For {what} --tasks must be {Test} or {HeldOut}N with N from 1 to 100000, not '{name}'.");
    }

    /// <summary>Number and source of the tasks, for the first line of a report.</summary>
    public string Describe(TaskFamily family)
    {
        string source = Source == Test && !family.TestTasksAreHeldOut ? $"{Source}, also trained on" : Source;
        return string.Create(CultureInfo.InvariantCulture, $"{Tasks.Count} {(Tasks.Count == 1 ? "task" : "tasks")} ({source})");
    }

    private static TaskBatch DrawHeldOut(string name, TaskFamily family, RandomStream stream)
    {
        if (!int.TryParse(name[HeldOut.Length..], CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1_000_000)
            throw new InputException($"--tasks {HeldOut}N takes a number of tasks, such as {HeldOut}40, not '{name}'.");
        if (!family.Tasks.DrawsRepeat) return family.Tasks.Sample(stream.Stream("held-out-tasks"), count);
        int tasks = family.TestTasks.Count;
        if (!family.TestTasksAreHeldOut) throw NothingHeldOut(family.Name, tasks);
        return count <= tasks ? family.TestTasks.Slice(0, count) : throw new InputException(
            $"{family.Name} has a fixed list of tasks, of which {tasks} are held out; use --tasks {HeldOut}{tasks} or fewer.");
    }

    private static InputException NothingHeldOut(string family, int tasks) => new(tasks == 1
        ? $"{family} holds out no tasks: training draws its only task; use --tasks {Test} to evaluate on it."
        : $"{family} holds out no tasks: training draws all of its {tasks} tasks; use --tasks {Test} to evaluate on them.");
}
