using MamlRobotics.MetaLearning;

namespace MamlRobotics.Cli.Tests;

public sealed class AlgorithmsTests
{
    [Fact]
    public void ListsEveryLearnerAndOptimiserWithItsLabelAndSource()
    {
        ProcessResult result = MamlCommand.Run("algorithms");

        Assert.Equal(0, result.Code);
        string[] lines = result.Output.Split('\n');
        foreach (Type kind in Catalog<Recipe>.Kinds.Concat(Catalog<OptimiserOptions>.Kinds))
        {
            ChoiceAttribute choice = Choices.Of(kind);
            Assert.Single(lines, line => line.StartsWith($"  {choice.Name} ", StringComparison.Ordinal)
                && line.Contains($" {choice.Label} ", StringComparison.Ordinal)
                && line.EndsWith($" {choice.Source}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void DescribesEachWithItsOptionsTheirDefaultsAndThoseOfItsOptimiser()
    {
        string[] recipe = MamlCommand.Run("algorithms", "maml-plus-plus").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("maml-plus-plus: MAML++", recipe);
        Assert.Contains("learns: classification, policies, sinusoid", recipe);
        Assert.Contains("learnedStepSizes: \"per-step\"", recipe);
        Assert.Contains("outer optimiser, where the configuration names none: adam, with:", recipe);
        Assert.Contains("epochs: 1", recipe);
        string[] reptile = MamlCommand.Run("algorithms", "reptile").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("options: none", reptile);
        string[] promp = MamlCommand.Run("algorithms", "promp").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("learns: policies", promp);
        string[] objective = MamlCommand.Run("algorithms", "learned-objective").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("learns: policies", objective);
        Assert.Contains("learns: sinusoid", objective);
        string[] optimiser = MamlCommand.Run("algorithms", "trpo").Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("trpo: TRPO", optimiser);
        Assert.Contains("maximumKl: 0.01", optimiser);
        Assert.Contains("Bound on the KL of one outer step at the adapted policies, nats.", optimiser);
    }
}
