using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>A key of a configuration, with its sentence and its value; options of a choice stand below its name.</summary>
public sealed record ConfigEntry(string Key, string Description, JsonNode? Value, IReadOnlyList<ConfigEntry> Options);

/// <summary>
/// Reads configurations strictly: an unknown key, a mistyped value or one out of range is an error. The options of a learner and
/// of a meta-optimiser stand in objects under their names.
/// </summary>
/// <param name="moved">Keys of earlier versions, and where they stand now; {algorithm} is the name of the learner.</param>
public sealed class ConfigFormat<TConfig>(IReadOnlyDictionary<string, string>? moved = null) where TConfig : TrainingConfig, new()
{
    private const string AlgorithmKey = "algorithm", OptimiserKey = "optimiser";

    private static readonly ConfigKeys Keys = new(typeof(TConfig));

    /// <summary>Reads a configuration file and puts <c>key=value</c> settings over it.</summary>
    /// <exception cref="InputException">The file or a setting is wrong.</exception>
    public TConfig ReadFile(string path, IEnumerable<string> settings)
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
    public TConfig Parse(string json, string origin, IEnumerable<string> settings)
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
        foreach ((string from, string to) in moved ?? new Dictionary<string, string>()) Move(values, from, to);
        TConfig config = Read(values, origin);
        config.Check();
        return config;
    }

    /// <summary>The whole configuration as JSON.</summary>
    public static string ToJson(TConfig config) => ToObject(config).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>Every key with its sentence and value.</summary>
    public static IEnumerable<ConfigEntry> Entries(TConfig config) => Keys.Names.Select(key =>
    {
        object? value = key == OptimiserKey ? config.OuterStep : Keys.Value(config, key);
        bool isChoice = value is Recipe or OptimiserOptions;
        JsonNode? node = isChoice ? Choices.Of(value!).Name : Keys.ToNode(config, key);
        return new ConfigEntry(key, Keys.Description(key), node, isChoice ? OptionsOf(value!) : []);
    });

    /// <summary>Every option of a learner or a meta-optimiser with its sentence and value.</summary>
    public static IReadOnlyList<ConfigEntry> OptionsOf(object choice)
    {
        var keys = new ConfigKeys(choice.GetType());
        return [.. keys.Names.Select(key => new ConfigEntry(key, keys.Description(key), keys.ToNode(choice, key), []))];
    }

    /// <summary>The keys in which two configurations differ, with the values of both.</summary>
    public static IEnumerable<(string Key, string One, string Other)> Differences(TConfig one, TConfig other)
    {
        Dictionary<string, string> left = Flat(one), right = Flat(other);
        return left.Keys.Union(right.Keys).Where(key => left.GetValueOrDefault(key) != right.GetValueOrDefault(key))
            .Select(key => (key, left.GetValueOrDefault(key, "absent"), right.GetValueOrDefault(key, "absent")));
    }

    private static Dictionary<string, string> Flat(TConfig config)
    {
        var flat = new Dictionary<string, string>();
        foreach (ConfigEntry entry in Entries(config))
        {
            flat[entry.Key] = Text(entry.Value);
            foreach (ConfigEntry option in entry.Options) flat[$"{entry.Value}.{option.Key}"] = Text(option.Value);
        }
        return flat;
        static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
    }

    private static JsonObject ToObject(TConfig config)
    {
        var json = new JsonObject();
        foreach (ConfigEntry entry in Entries(config))
        {
            json[entry.Key] = entry.Value?.DeepClone();
            if (entry.Options.Count == 0) continue;
            json[entry.Value!.ToString()] = new JsonObject(entry.Options.Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone())));
        }
        return json;
    }

    private void Apply(JsonObject values, string setting)
    {
        string[] parts = setting.Split('=', 2);
        if (parts.Length != 2) throw new InputException($"--set takes key=value, not '{setting}'.");
        if (!IsKnown(parts[0].Split('.')[0])) throw UnknownKey(parts[0], "--set");
        JsonNode? value;
        try
        {
            value = JsonNode.Parse(parts[1]);
        }
        catch (JsonException)
        {
            value = parts[1];
        }
        Put(values, parts[0], value);
    }

    private static void Put(JsonObject values, string path, JsonNode? value)
    {
        string[] names = path.Split('.', 2);
        if (names.Length == 1) values[path] = value;
        else
        {
            if (values[names[0]] is not JsonObject options) values[names[0]] = options = [];
            options[names[1]] = value;
        }
    }

    private static void Move(JsonObject values, string from, string to)
    {
        if (!values.TryGetPropertyValue(from, out JsonNode? value)) return;
        values.Remove(from);
        JsonNode? algorithm = values[AlgorithmKey];
        string name = algorithm?.GetValueKind() == JsonValueKind.String ? algorithm.ToString() : Choices.Of(new TConfig().Algorithm).Name;
        Put(values, to.Replace("{algorithm}", name, StringComparison.Ordinal), value);
    }

    private TConfig Read(JsonObject values, string origin)
    {
        foreach ((string key, JsonNode? value) in values)
        {
            if (Keys.Names.Contains(key)) continue;
            SetOptions(ChoiceOf(key) ?? throw UnknownKey(key, origin), key, value);
        }
        var config = new TConfig();
        Recipe recipe = Chosen(values, AlgorithmKey, config.Algorithm);
        Keys.Set(config, AlgorithmKey, recipe);
        Keys.Set(config, OptimiserKey, Chosen(values, OptimiserKey, recipe.DefaultOptimiser));
        foreach ((string key, JsonNode? value) in values)
            if (Keys.Names.Contains(key) && key is not (AlgorithmKey or OptimiserKey)) Keys.Assign(config, key, key, value);
        return config;
    }

    /// <summary>What a key names, with its options; where it names nothing or the default, from the options of that one.</summary>
    private static T Chosen<T>(JsonObject values, string key, T byDefault) where T : class
    {
        T choice = byDefault;
        if (values.TryGetPropertyValue(key, out JsonNode? named))
        {
            string? name = named?.GetValueKind() == JsonValueKind.String ? named.ToString() : null;
            if (name is null || !Catalog<T>.Kinds.ContainsKey(name))
                throw new InputException($"{key} must be one of {string.Join(", ", Catalog<T>.Kinds.Keys)}, not {named?.ToJsonString() ?? "null"}.");
            if (name != Choices.Of(byDefault).Name) choice = Catalog<T>.Create(name)!;
        }
        string own = Choices.Of(choice).Name;
        if (values[own] is { } options) SetOptions(choice, own, options);
        return choice;
    }

    private static void SetOptions(object choice, string name, JsonNode? value)
    {
        if (value is not JsonObject options) throw new InputException($"{name} must be an object of options, not {value?.ToJsonString() ?? "null"}.");
        var keys = new ConfigKeys(choice.GetType());
        foreach ((string key, JsonNode? option) in options)
        {
            if (!keys.Names.Contains(key))
                throw new InputException($"{name} has no option '{key}'{Spelling.DidYouMean(key, keys.Names)} `maml algorithms {name}` lists them all.");
            keys.Assign(choice, key, $"{name}.{key}", option);
        }
    }

    private static object? ChoiceOf(string name) => (object?)Catalog<Recipe>.Create(name) ?? Catalog<OptimiserOptions>.Create(name);

    private bool IsKnown(string key) => Keys.Names.Contains(key) || moved?.ContainsKey(key) == true || ChoiceOf(key) is not null;

    private InputException UnknownKey(string key, string origin)
    {
        IEnumerable<string> known = Keys.Names.Concat(moved?.Keys ?? []);
        return new InputException($"{origin}: there is no key '{key}'{Spelling.DidYouMean(key, known)} `maml config` lists them all.");
    }

    private static string FirstLine(Exception problem) => problem.Message.Split('\n')[0];
}
