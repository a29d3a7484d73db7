using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class ConfigReaderTests
{
    [Fact]
    public void A_configuration_survives_being_written_and_read()
    {
        MetaTrainingConfig config = ExperimentTests.SmallProMp.Resolved();
        Assert.Equal(ConfigFormat.ToJson(config), ConfigFormat.ToJson(ConfigReader.Parse(ConfigFormat.ToJson(config), "test", [])));
    }

    [Theory]
    [InlineData("arm-goals", 1)]
    [InlineData("promp-corners", 0.2)]
    [InlineData("norml-rotation", 0.1)]
    public void The_action_unit_is_the_familys_unless_it_is_set(string family, double unit)
    {
        Assert.Equal(unit, ConfigReader.Parse($$"""{ "environment": "{{family}}" }""", "test", []).ActionUnit);
        Assert.Equal(0.7, ConfigReader.Parse($$"""{ "environment": "{{family}}", "actionUnit": 0.7 }""", "test", []).ActionUnit);
        using var experiment = new Experiment(ExperimentTests.Small with { Environment = family }, CPU, threads: 1);
        Assert.Equal(unit, experiment.Config.ActionUnit);
    }

    [Fact]
    public void Settings_go_over_the_file()
    {
        string[] settings = ["iterations=7", "activation=tanh", "hiddenSizes=[8]"];
        MetaTrainingConfig config = ConfigReader.Parse("""{ "iterations": 5, "seed": 3 }""", "test", settings);
        Assert.Equal(
            (7, 3L, Policies.Activation.Tanh, 8),
            (config.Iterations, config.Seed, config.Activation, config.HiddenSizes.Single()));
    }

    [Fact]
    public void Comments_and_trailing_commas_are_welcome() =>
        Assert.Equal(5, ConfigReader.Parse("{ \"iterations\": 5, // a short one\n }", "test", []).Iterations);

    [Theory]
    [InlineData("""{ "iteration": 5 }""", "did you mean 'iterations'")]
    [InlineData("""{ "iterations": "many" }""", "a whole number")]
    [InlineData("""{ "iterations": 1.5 }""", "a whole number")]
    [InlineData("""{ "iterations": null }""", "a whole number")]
    [InlineData("""{ "iterations": 0 }""", "between 1 and")]
    [InlineData("""{ "discount": 1.5 }""", "between 0 and 1")]
    [InlineData("""{ "algorithm": "mamml" }""", "maml, ")]
    [InlineData("""{ "algorithm": "magic", "firstOrder": true }""", "algorithm must be one of")]
    [InlineData("""{ "algorithm": 1 }""", "maml, ")]
    [InlineData("""{ "environment": "maml-nave" }""", "maml-nav")]
    [InlineData("""{ "innerLearningRates": [] }""", "at least one")]
    [InlineData("""{ "innerSteps": 2, "stepWeights": [1] }""", "innerSteps = 2")]
    [InlineData("""{ "innerSteps": 2, "stepWeights": [0, 0] }""", "whose sum is positive and finite")]
    [InlineData("""{ "innerSteps": 2, "stepWeights": [2, -1] }""", "none negative")]
    [InlineData("""{ "innerSteps": 2, "stepWeights": [1e308, 1e308] }""", "whose sum is positive and finite")]
    [InlineData("""{ "stepWeights": [1e400] }""", "whose sum is positive and finite")]
    [InlineData("""{ "innerLearningRates": [1e400] }""", "finite number")]
    [InlineData("""{ "hiddenSizes": [50000, 50000] }""", "make 2500300004 parameters")]
    [InlineData("""{ "hiddenSizes": [100000, 100000] }""", "make 10000600004 parameters")]
    [InlineData("""{ "hiddenSizes": [20000, 20000], "learnedStepSizes": "per-step", "innerSteps": 5 }""", "make 2400720024 parameters")]
    [InlineData("""{ "iterations": 5, "iterations": 6 }""", "not valid JSON")]
    [InlineData("""{ "trpo": { "dampning": 1 } }""", "did you mean 'damping'")]
    [InlineData("""{ "trpo": { "damping": -1 } }""", "trpo.damping must be between 0 and 1000000, not -1")]
    [InlineData("""{ "optimiser": "adam", "trpo": 3 }""", "trpo must be an object of options, not 3")]
    [InlineData("""{ "optimiser": "rmsprop" }""", "optimiser must be one of adam, sgd, trpo")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{ nonsense", "not valid JSON")]
    public void Wrong_input_gets_one_line_that_says_what_is_wrong(string json, string expected)
    {
        string message = Assert.Throws<InputException>(() => ConfigReader.Parse(json, "test", [])).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    public static TheoryData<string> BoundedNumbers =>
    [
        .. typeof(MetaTrainingConfig).GetProperties()
            .Where(property => property.PropertyType == typeof(double)).Select(property => property.Name),
    ];

    /// <summary>A range of whole numbers would round a number before it compares.</summary>
    [Theory]
    [MemberData(nameof(BoundedNumbers))]
    public void A_number_is_accepted_up_to_its_bounds_and_refused_just_beyond(string name)
    {
        RangeAttribute range = typeof(MetaTrainingConfig).GetProperty(name)!.GetCustomAttribute<RangeAttribute>()!;
        Assert.Equal(typeof(double), range.OperandType);
        (double low, double high) = ((double)range.Minimum, (double)range.Maximum);
        // Zero stands for the unit of the family.
        double familysUnit = TaskFamilies.Named(new MetaTrainingConfig().Environment).ActionUnit;
        double atLow = name == nameof(MetaTrainingConfig.ActionUnit) ? familysUnit : low;
        Assert.Equal(atLow, Read(low));
        Assert.Equal(high, Read(high));
        foreach (double beyond in new[] { double.BitDecrement(low), double.BitIncrement(high), low - 0.4, high + 0.4 })
            Assert.Contains("must be between", Assert.Throws<InputException>(() => Read(beyond)).Message);

        object? Read(double value)
        {
            // With the highest floor of the standard deviation, the initial one must be as high.
            var values = new Dictionary<string, double> { ["initialStd"] = 100, [JsonNamingPolicy.CamelCase.ConvertName(name)] = value };
            string json = JsonSerializer.Serialize(values);
            return typeof(MetaTrainingConfig).GetProperty(name)!.GetValue(ConfigReader.Parse(json, "test", []));
        }
    }

    [Fact]
    public void The_most_parameters_that_a_configuration_may_have_are_counted_as_the_policy_counts_them()
    {
        MetaTrainingConfig config = ExperimentTests.SmallProMp with { Environment = "acrobot", HiddenSizes = [5, 7] };
        Assert.Equal(3 * Experiment.PolicyOf(config).Layout.Count, Experiment.MetaParameterCount(config));
        Assert.Equal([40_000, 40_000], ConfigReader.Parse("""{ "hiddenSizes": [40000, 40000] }""", "test", []).HiddenSizes);
    }

    [Fact]
    public void Every_key_has_a_sentence() =>
        Assert.All(
            ConfigFormat.Entries(new MetaTrainingConfig()).Concat(Catalog<Recipe>.Kinds
                .Concat(Catalog<OptimiserOptions>.Kinds)
                .SelectMany(kind => ConfigFormat.OptionsOf(Activator.CreateInstance(kind)!))),
            entry => Assert.EndsWith(".", entry.Description));

    /// <summary>Versions up to 0.1 wrote such files. Options of a learner that is not chosen are read and change nothing.</summary>
    [Fact]
    public void Keys_of_earlier_versions_stand_for_options_of_the_learner_and_of_the_outer_step()
    {
        MetaTrainingConfig config = ConfigReader.Parse(
            """
            { "algorithm": "promp", "stepWeights": [1, 3], "innerSteps": 2, "epochs": 7, "damping": 0.5, "supportKlPenalty": 0.25 }
            """, "test", ["finalRate=0.5"]);
        var recipe = Assert.IsType<ProMp>(config.Algorithm);
        Assert.Equal([1, 3], recipe.StepWeights);
        Assert.Equal(0.25, recipe.SupportKlPenalty);
        var adam = Assert.IsType<AdamOptions>(config.Optimiser);
        Assert.Equal((7, 0.5), (adam.Epochs, adam.FinalRate));
        Assert.Equal(0.5, Assert.IsType<TrustRegionOptions>(ConfigReader.Parse("""{ "damping": 0.5 }""", "test", []).Optimiser).Damping);
    }

    [Fact]
    public void A_learner_goes_with_any_outer_step()
    {
        MetaTrainingConfig config =
            ConfigReader.Parse("""{ "optimiser": "sgd", "sgd": { "epochs": 2 } }""", "test", ["sgd.learningRate=0.5"]);
        Assert.IsType<Maml>(config.Algorithm);
        Assert.Equal((2, 0.5), Assert.IsType<SgdOptions>(config.Optimiser) is { } sgd ? (sgd.Epochs, sgd.LearningRate) : default);
    }
}
