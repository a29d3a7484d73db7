using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>Reads the configurations of reinforcement learning.</summary>
public static class ConfigReader
{
    /// <inheritdoc cref="ConfigFormat.ReadFile"/>
    public static MetaTrainingConfig ReadFile(string path, IEnumerable<string> settings) =>
        OfPolicies(ConfigFormat.ReadFile(path, settings), path);

    /// <inheritdoc cref="ConfigFormat.Parse"/>
    public static MetaTrainingConfig Parse(string json, string origin, IEnumerable<string> settings) =>
        OfPolicies(ConfigFormat.Parse(json, origin, settings), origin);

    /// <summary>The configuration of a checkpoint of policies.</summary>
    /// <exception cref="InputException">It is a checkpoint of another problem.</exception>
    public static MetaTrainingConfig PolicyConfig(this Checkpoint checkpoint) => OfPolicies(checkpoint.Config, "This checkpoint");

    private static MetaTrainingConfig OfPolicies(TrainingConfig config, string origin)
    {
        if (config is MetaTrainingConfig policies) return policies;
        string fault = $"{origin} is of the problem {config.Problem}, where there is no policy in an environment";
        throw new InputException($"{fault}; give one of policies.");
    }
}
