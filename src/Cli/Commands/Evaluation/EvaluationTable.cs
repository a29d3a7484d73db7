using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>Prints an evaluation as a table.</summary>
internal static class EvaluationTable
{
    public static void Print(CheckpointEvaluation evaluation, TaskFamily family, IReadOnlyList<StepEvaluation> steps)
    {
        bool onPaperTasks = evaluation.Tasks.ArePaper;
        string stepName = evaluation.Checkpoint.PolicyConfig().Algorithm.StepName;
        PassiveReturn passive = PassiveReturn.Of(family, evaluation.Tasks.Tasks);
        string paper = onPaperTasks ? "   paper" : "";
        if (steps[0].RegretTo == ReturnKind.BestKnown)
        {
            Console.WriteLine(
                "Regret is the distance to the best return that a planner found or a policy reached. The optimum may be higher.");
        }
        Console.WriteLine($"{stepName + "s",-14}    return      95 % interval    regret{paper}");
        foreach (StepEvaluation step in steps)
        {
            string interval = step.Returns.Count < 2 ? "-" : $"[{Text(step.Interval.Low)}, {Text(step.Interval.High)}]";
            bool isPublished = onPaperTasks && step.Step < PaperGoals.PublishedReturns.Count;
            string published = isPublished ? $"{Text(PaperGoals.PublishedReturns[step.Step]),8}" : "";
            Console.WriteLine($"{step.Step,14}  {Text(step.Mean),8}  {interval,17}  {Text(step.Regret),8}{published}");
        }
        Console.WriteLine($"For comparison, {passive.Name} returns {Text(passive.Value)} on these tasks.");
    }

    private static string Text(double value) => double.IsNaN(value) ? "-" : value.ToString("F2", CultureInfo.InvariantCulture);
}
