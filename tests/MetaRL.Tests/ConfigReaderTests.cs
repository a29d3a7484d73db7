using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class ConfigReaderTests
{
    [Fact]
    public void A_configuration_survives_being_written_and_read()
    {
        MetaTrainingConfig config = ExperimentTests.SmallProMp;
        Assert.Equal(ConfigReader.ToJson(config), ConfigReader.ToJson(ConfigReader.Parse(ConfigReader.ToJson(config), "test", [])));
    }

    [Fact]
    public void Settings_go_over_the_file()
    {
        MetaTrainingConfig config = ConfigReader.Parse("""{ "iterations": 5, "seed": 3 }""", "test", ["iterations=7", "activation=tanh", "hiddenSizes=[8]"]);
        Assert.Equal((7, 3L, Policies.Activation.Tanh, 8), (config.Iterations, config.Seed, config.Activation, config.HiddenSizes.Single()));
    }

    [Theory]
    [InlineData("""{ "iteration": 5 }""", "did you mean 'iterations'")]
    [InlineData("""{ "iterations": "many" }""", "a whole number")]
    [InlineData("""{ "iterations": 1.5 }""", "a whole number")]
    [InlineData("""{ "iterations": null }""", "a whole number")]
    [InlineData("""{ "iterations": 0 }""", "between 1 and")]
    [InlineData("""{ "discount": 1.5 }""", "between 0 and 1")]
    [InlineData("""{ "algorithm": "reptile" }""", "one of maml, promp")]
    [InlineData("""{ "algorithm": 1 }""", "one of maml, promp")]
    [InlineData("""{ "environment": "maml-nave" }""", "maml-nav")]
    [InlineData("""{ "innerLearningRates": [] }""", "at least one")]
    [InlineData("""{ "innerSteps": 2, "stepWeights": [1] }""", "innerSteps = 2")]
    [InlineData("""{ "iterations": 5, "iterations": 6 }""", "not valid JSON")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{ nonsense", "not valid JSON")]
    public void Wrong_input_gets_one_line_that_says_what_is_wrong(string json, string expected)
    {
        string message = Assert.Throws<InputException>(() => ConfigReader.Parse(json, "test", [])).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Every_key_has_a_sentence() =>
        Assert.All(ConfigReader.Descriptions, entry => Assert.EndsWith(".", entry.Description));
}
