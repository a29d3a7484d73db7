using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaLearning;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml algorithms` lists the learners and the outer optimisers, or describes one with its options.</summary>
internal static class AlgorithmsCommand
{
    public static Command Create()
    {
        Argument<string?> name = new("NAME")
        {
            Description = "One learner or optimiser; without it, all of them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("algorithms", "List the learners and the outer optimisers with their sources, or describe one.") { name };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is { } wanted) Describe(wanted);
            else PrintAll();
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml algorithms", "maml algorithms maml-plus-plus", "maml algorithms adam");
    }

    private static void PrintAll()
    {
        Console.WriteLine("learners, for the key algorithm of a configuration:");
        Print(Catalog<Recipe>.Kinds);
        Console.WriteLine("outer optimisers, for the key optimiser:");
        Print(Catalog<OptimiserOptions>.Kinds);
    }

    private static void Print(IReadOnlyDictionary<string, Type> kinds)
    {
        ChoiceAttribute[] choices = [.. kinds.Values.Select(Choices.Of)];
        int name = choices.Max(choice => choice.Name.Length), label = choices.Max(choice => choice.Label.Length);
        foreach (ChoiceAttribute choice in choices)
            Console.WriteLine($"  {choice.Name.PadRight(name)}  {choice.Label.PadRight(label)}  {choice.Source}");
    }

    private static void Describe(string name)
    {
        object choice = (object?)Catalog<Recipe>.Create(name) ?? Catalog<OptimiserOptions>.Create(name)
            ?? throw new InputException(
                $"There is no learner or optimiser '{name}'{Spelling.DidYouMean(name, Names)} `maml algorithms` lists them all.");
        Console.WriteLine($"{name}: {Choices.Of(choice).Label}");
        Console.WriteLine($"source: {Choices.Of(choice).Source}");
        if (choice is Recipe recipe)
        {
            Console.WriteLine($"learns: {string.Join(" and ", Problems(recipe))}");
            PrintOptions("options", choice);
            OptimiserOptions optimiser = recipe.DefaultOptimiser;
            PrintOptions($"outer optimiser, where the configuration names none: {Choices.Of(optimiser).Name}, with", optimiser);
        }
        else PrintOptions("options", choice);
    }

    private static IEnumerable<string> Names => Catalog<Recipe>.Kinds.Keys.Concat(Catalog<OptimiserOptions>.Kinds.Keys);

    private static IEnumerable<string> Problems(Recipe recipe)
    {
        (string Name, Type Samples)[] problems = [("policies", typeof(SampleBatch)), ("regression", typeof(RegressionSamples))];
        return problems.Where(problem => recipe.Suits(problem.Samples)).Select(problem => problem.Name);
    }

    private static void PrintOptions(string title, object choice)
    {
        IReadOnlyList<ConfigEntry> options = ConfigFormat.OptionsOf(choice);
        Console.WriteLine(options.Count > 0 ? $"{title}:" : $"{title}: none");
        foreach (ConfigEntry option in options)
        {
            Console.WriteLine($"  {option.Key}: {option.Value!.ToJsonString()}");
            Console.WriteLine($"      {option.Description}");
        }
    }
}
