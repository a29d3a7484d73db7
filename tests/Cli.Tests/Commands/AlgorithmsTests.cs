using MamlRobotics.MetaLearning;

namespace MamlRobotics.Cli.Tests;

public sealed class AlgorithmsTests
{
    [Fact]
    public void ListsEveryLearnerAndOptimiserWithItsLabelAndSource()
    {
        ProcessResult result = MamlProcess.Run("algorithms");

        Assert.Equal(0, result.Code);
        string[] lines = result.Output.Split('\n');
        foreach (Type kind in Catalog<Recipe>.Kinds.Values.Concat(Catalog<OptimiserOptions>.Kinds.Values))
        {
            ChoiceAttribute choice = Choices.Of(kind);
            string line = Assert.Single(lines, line => line.StartsWith($"  {choice.Name} ", StringComparison.Ordinal));
            Assert.Contains($" {choice.Label} ", line, StringComparison.Ordinal);
            Assert.Contains(choice.Source, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DescribesEachWithItsOptionsTheirDefaultsAndThoseOfItsOptimiser()
    {
        string[] recipe = MamlProcess.Run("algorithms", "maml-plus-plus").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("maml-plus-plus: MAML++", recipe);
        Assert.Contains("learns: policies and regression", recipe);
        Assert.Contains("learnedStepSizes: \"per-step\"", recipe);
        Assert.Contains("outer optimiser, where the configuration names none: adam, with:", recipe);
        Assert.Contains("epochs: 1", recipe);
        string[] reptile = MamlProcess.Run("algorithms", "reptile").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("options: none", reptile);
        string[] promp = MamlProcess.Run("algorithms", "promp").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("learns: policies", promp);
        string[] optimiser = MamlProcess.Run("algorithms", "trpo").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("trpo: TRPO", optimiser);
        Assert.Contains("maximumKl: 0.01", optimiser);
        Assert.Contains("Bound on the KL of one outer step at the adapted policies, nats.", optimiser);
    }
}
