using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>Reads configurations strictly: an unknown key, a mistyped value or one out of range is an error.</summary>
public static class ConfigReader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static readonly Dictionary<string, PropertyInfo> Keys = typeof(MetaTrainingConfig)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null)
        .ToDictionary(property => Options.PropertyNamingPolicy!.ConvertName(property.Name));

    /// <summary>Every key with its sentence.</summary>
    public static IEnumerable<(string Key, string Description)> Descriptions =>
        Keys.Select(key => (key.Key, key.Value.GetCustomAttribute<DescriptionAttribute>()!.Description));

    /// <summary>Reads a configuration file and puts <c>key=value</c> settings over it.</summary>
    /// <exception cref="InputException">The file or a setting is wrong.</exception>
    public static MetaTrainingConfig ReadFile(string path, IEnumerable<string> settings)
    {
        string text;
        try
        {
            text = InputFile.ReadText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read the configuration {path}: {FirstLine(problem)}");
        }
        return Parse(text, path, settings);
    }

    /// <summary>Reads a configuration from JSON.</summary>
    /// <param name="origin">Names the source in errors</param>
    /// <exception cref="InputException">The text or a setting is wrong.</exception>
    public static MetaTrainingConfig Parse(string json, string origin, IEnumerable<string> settings)
    {
        JsonObject values;
        try
        {
            values = JsonText.Parse(json) ?? throw new InputException($"{origin} is not a JSON object of keys and values.");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new InputException($"{origin} is not valid JSON: {FirstLine(problem)}");
        }
        foreach (string setting in settings) Apply(values, setting);
        var config = new MetaTrainingConfig();
        foreach ((string key, JsonNode? value) in values) Assign(config, key, value, origin);
        Check(config);
        return config.Resolved();
    }

    /// <summary>The whole configuration as JSON.</summary>
    public static string ToJson(MetaTrainingConfig config) => JsonSerializer.Serialize(config, Options);

    /// <summary>The keys in which two configurations differ, with the values of both.</summary>
    public static IEnumerable<(string Key, string One, string Other)> Differences(MetaTrainingConfig one, MetaTrainingConfig other)
    {
        static JsonObject Values(MetaTrainingConfig config) => JsonSerializer.SerializeToNode(config, Options)!.AsObject();
        JsonObject left = Values(one), right = Values(other);
        return left.Where(key => !JsonNode.DeepEquals(key.Value, right[key.Key]))
            .Select(key => (key.Key, key.Value!.ToJsonString(), right[key.Key]!.ToJsonString()));
    }

    private static void Apply(JsonObject values, string setting)
    {
        string[] parts = setting.Split('=', 2);
        if (parts.Length != 2) throw new InputException($"--set takes key=value, not '{setting}'.");
        RequireKey(parts[0], "--set");
        try
        {
            values[parts[0]] = JsonNode.Parse(parts[1]);
        }
        catch (JsonException)
        {
            values[parts[0]] = parts[1];
        }
    }

    private static void Assign(MetaTrainingConfig config, string key, JsonNode? value, string origin)
    {
        PropertyInfo property = RequireKey(key, origin);
        object? read;
        try
        {
            read = value.Deserialize(property.PropertyType, Options);
        }
        catch (JsonException)
        {
            read = null;
        }
        if (read is null) throw new InputException($"{key} must be {Expected(property.PropertyType)}, not {value?.ToJsonString() ?? "null"}.");
        property.SetValue(config, read);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(read))
            throw new InputException($"{key} must be between {Invariant(range.Minimum)} and {Invariant(range.Maximum)}, not {Invariant(read)}.");
    }

    private static PropertyInfo RequireKey(string key, string origin)
    {
        if (Keys.TryGetValue(key, out PropertyInfo? property)) return property;
        throw new InputException($"{origin}: there is no key '{key}'{Spelling.DidYouMean(key, Keys.Keys)} `maml config` lists them all.");
    }

    private static void Check(MetaTrainingConfig config)
    {
        if (!TaskFamily.ByName.ContainsKey(config.Environment))
            throw new InputException($"There is no environment '{config.Environment}'; choose one of {string.Join(", ", TaskFamily.ByName.Keys)}.");
        if (config.InnerLearningRates.Count == 0 || config.InnerLearningRates.Any(rate => !double.IsFinite(rate)))
            throw new InputException("innerLearningRates must be a list of at least one finite number.");
        if (config.HiddenSizes.Any(size => size is < 1 or > 100_000))
            throw new InputException("hiddenSizes must be a list of layer sizes between 1 and 100000.");
        if (Experiment.MetaParameterCount(config) is var count && count > Array.MaxLength)
            throw new InputException($"hiddenSizes make {count} parameters to learn, learned step sizes included; at most {Array.MaxLength} are possible.");
        if (config.StepWeights.Count > 0 && (config.StepWeights.Count != config.InnerSteps || !IsPositive(config.StepWeights.Sum()) || config.StepWeights.Any(weight => weight < 0)))
            throw new InputException($"stepWeights must be empty or hold innerSteps = {config.InnerSteps} weights, none negative, whose sum is positive and finite.");
        if (config.InitialStd < config.MinStd)
            throw new InputException($"initialStd must be at least minStd = {Invariant(config.MinStd)}, below which it is neither used nor learned.");
        if (config.ValidationStep > config.InnerSteps)
            throw new InputException($"validationStep must be at most innerSteps = {config.InnerSteps}.");
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private static string Expected(Type type) =>
        type.IsEnum ? "one of " + string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, Options).Trim('"'))) :
        type == typeof(int) || type == typeof(long) ? "a whole number" :
        type == typeof(double) ? "a number" :
        type == typeof(bool) ? "true or false" :
        type == typeof(string) ? "a string" :
        type == typeof(IReadOnlyList<int>) ? "a list of whole numbers" : "a list of numbers";

    private static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string FirstLine(Exception problem) => problem.Message.Split('\n')[0];
}
