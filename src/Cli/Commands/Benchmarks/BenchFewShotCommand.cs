using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench fewshot` measures what it gains to learn from all tasks of an iteration at once.</summary>
internal static class BenchFewShotCommand
{
    public static Command Create()
    {
        Option<string[]> set = TrainCommand.SetOption();
        Option<int> repetitions = CommonOptions.Whole("--repetitions", "Turns to measure.", minimum: 1, 7);
        Option<int> threads = CommonOptions.Threads();
        var command = new Command(
            "fewshot", "Measure 1,000 episodes of few-shot classification: all tasks of a batch together, and one after the other.")
        { set, repetitions, threads };
        command.SetAction(parsed =>
        {
            const string Base = """
                { "problem": "classification", "algorithm": "maml", "network": "conv-4", "metaBatchSize": 32, "innerLearningRates": [0.4] }
                """;
            TrainingConfig config = ConfigFormat.Parse(Base, "the benchmark", parsed.GetValue(set)!);
            if (config is not ClassificationConfig { ShowsSequences: false } pictures)
                throw new InputException("This algorithm has no support and query pictures to be measured: choose another one.");
            Console.WriteLine(Machine.Summary(torch.CPU, parsed.GetValue(threads)));
            Console.WriteLine(
                $"{Choices.Of(config.Algorithm).Label}, {pictures.Ways} ways, {pictures.Shots} shot, {pictures.Queries} queries a class, "
                + $"{config.MetaBatchSize} tasks at once, {pictures.Channels} channels; seconds for 1,000 episodes");
            Print(EpisodeSpeed.Measure(pictures, parsed.GetValue(threads), parsed.GetValue(repetitions)));
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml bench fewshot", "maml bench fewshot --threads 1 --set network=strided algorithm=prototypical");
    }

    private static void Print(IReadOnlyList<EpisodeSpeed> measured)
    {
        string[][] rows = [.. measured.Select(speed => (string[])
        [
            speed.What, FormattableString.Invariant($"{speed.Together:F2}"), FormattableString.Invariant($"{speed.Loop:F2}"),
            FormattableString.Invariant($"{speed.Loop / speed.Together:F2}"),
        ])];
        foreach (string line in new TextTable(["", "together s", "loop s", "times as fast"], rows).Plain()) Console.WriteLine(line);
    }
}
