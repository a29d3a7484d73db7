using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

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

    private static void Print(IReadOnlyList<Type> kinds)
    {
        ChoiceAttribute[] choices = [.. kinds.Select(Choices.Of)];
        int name = choices.Max(choice => choice.Name.Length), label = choices.Max(choice => choice.Label.Length);
        foreach (ChoiceAttribute choice in choices)
            Console.WriteLine($"  {choice.Name.PadRight(name)}  {choice.Label.PadRight(label)}  {choice.Source}");
    }

    private static void Describe(string name)
    {
        object[] choices = [.. Catalog<Recipe>.Create(name), .. Catalog<OptimiserOptions>.Create(name)];
        if (choices.Length == 0)
            throw new InputException(
                $"There is no learner or optimiser '{name}'{Spelling.DidYouMean(name, Names)} `maml algorithms` lists them all.");
        foreach (object choice in choices) Describe(name, choice);
    }

    private static void Describe(string name, object choice)
    {
        Console.WriteLine($"{name}: {Choices.Of(choice).Label}");
        Console.WriteLine($"source: {Choices.Of(choice).Source}");
        if (choice is Recipe recipe)
        {
            Console.WriteLine($"learns: {string.Join(", ", Problems(recipe))}");
            PrintOptions("options", choice);
            OptimiserOptions optimiser = recipe.DefaultOptimiser;
            PrintOptions($"outer optimiser, where the configuration names none: {Choices.Of(optimiser).Name}, with", optimiser);
        }
        else PrintOptions("options", choice);
    }

    private static IEnumerable<string> Names => Catalog<Recipe>.Names.Concat(Catalog<OptimiserOptions>.Names);

    private static IEnumerable<string> Problems(Recipe recipe) =>
        Catalog<TrainingConfig>.Names.SelectMany(Catalog<TrainingConfig>.Create).Where(problem => problem.Suits(recipe))
            .Select(problem => problem.Problem);

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
