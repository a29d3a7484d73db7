using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>Reads the configurations of reinforcement learning, also those of versions that had all options at the top.</summary>
public static class ConfigReader
{
    private static readonly ConfigFormat<MetaTrainingConfig> Format = new(new Dictionary<string, string>
    {
        ["learnedStepSizes"] = "{algorithm}.learnedStepSizes", ["firstOrder"] = "{algorithm}.firstOrder", ["stepWeights"] = "{algorithm}.stepWeights",
        ["supportKlPenalty"] = "promp.supportKlPenalty",
        ["maximumKl"] = "trpo.maximumKl", ["conjugateGradientIterations"] = "trpo.conjugateGradientIterations",
        ["curvatureStride"] = "trpo.curvatureStride", ["damping"] = "trpo.damping", ["backtrackRatio"] = "trpo.backtrackRatio",
        ["maximumBacktracks"] = "trpo.maximumBacktracks",
        ["epochs"] = "adam.epochs", ["stopKl"] = "adam.stopKl", ["maximumGradientNorm"] = "adam.maximumGradientNorm",
        ["learningRate"] = "adam.learningRate", ["stepSizeLearningRate"] = "adam.stepSizeLearningRate", ["finalRate"] = "adam.finalRate",
    });

    /// <inheritdoc cref="ConfigFormat{TConfig}.ReadFile"/>
    public static MetaTrainingConfig ReadFile(string path, IEnumerable<string> settings) => Format.ReadFile(path, settings).Resolved();

    /// <inheritdoc cref="ConfigFormat{TConfig}.Parse"/>
    public static MetaTrainingConfig Parse(string json, string origin, IEnumerable<string> settings) =>
        Format.Parse(json, origin, settings).Resolved();

    /// <inheritdoc cref="ConfigFormat{TConfig}.ToJson"/>
    public static string ToJson(MetaTrainingConfig config) => ConfigFormat<MetaTrainingConfig>.ToJson(config);

    /// <inheritdoc cref="ConfigFormat{TConfig}.Entries"/>
    public static IEnumerable<ConfigEntry> Entries(MetaTrainingConfig config) => ConfigFormat<MetaTrainingConfig>.Entries(config);

    /// <inheritdoc cref="ConfigFormat{TConfig}.Differences"/>
    public static IEnumerable<(string Key, string One, string Other)> Differences(MetaTrainingConfig one, MetaTrainingConfig other) =>
        ConfigFormat<MetaTrainingConfig>.Differences(one, other);
}
