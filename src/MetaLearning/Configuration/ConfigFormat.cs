using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>A key of a configuration with its description and value. A key that chooses a kind also has the options of that kind.</summary>
public sealed record ConfigEntry(string Key, string Description, JsonNode? Value, IReadOnlyList<ConfigEntry> Options);

/// <summary>
/// Reads configurations strictly: an unknown key, a value of the wrong type and a value out of range are errors. The options of a
/// learner or a meta-optimiser are an object under its name.
/// </summary>
public static class ConfigFormat
{
    private const string ProblemKey = "problem", AlgorithmKey = "algorithm", OptimiserKey = "optimiser";

    // Files of earlier versions, which had only this problem, do not name it.
    private const string DefaultProblem = "policies";

    /// <summary>Reads a configuration file and puts <c>key=value</c> settings over it.</summary>
    /// <exception cref="InputException">The file or a setting is wrong.</exception>
    public static TrainingConfig ReadFile(string path, IEnumerable<string> settings)
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
    /// <param name="origin">What errors call the source of the text</param>
    /// <exception cref="InputException">The text or a setting is wrong.</exception>
    public static TrainingConfig Parse(string json, string origin, IEnumerable<string> settings)
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
        // The other keys depend on the problem.
        const string ProblemSetting = ProblemKey + "=";
        foreach (string setting in settings.Where(setting => setting.StartsWith(ProblemSetting, StringComparison.Ordinal)))
            values[ProblemKey] = setting[ProblemSetting.Length..];
        TrainingConfig config = OfProblem(values);
        foreach (string setting in settings) Apply(config, values, setting);
        foreach ((string from, string to) in config.MovedKeys) Move(config, values, from, to);
        Fill(config, values, origin);
        config.Check();
        return config.Resolved();
    }

    /// <summary>The whole configuration as JSON.</summary>
    public static string ToJson(TrainingConfig config) =>
        ToObject(config).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>Every key with its description and value.</summary>
    public static IEnumerable<ConfigEntry> Entries(TrainingConfig config)
    {
        var keys = new ConfigKeys(config.GetType());
        return keys.Names.Select(key =>
        {
            object? value = key == OptimiserKey ? config.OuterStep : keys.Value(config, key);
            bool isChoice = value is Recipe or OptimiserOptions;
            JsonNode? node = isChoice ? Choices.Of(value!).Name : keys.ToNode(config, key);
            return new ConfigEntry(key, keys.Description(key), node, isChoice ? OptionsOf(value!) : []);
        });
    }

    /// <summary>Every option of a learner or a meta-optimiser with its description and value.</summary>
    public static IReadOnlyList<ConfigEntry> OptionsOf(object choice)
    {
        var keys = new ConfigKeys(choice.GetType());
        return [.. keys.Names.Select(key => new ConfigEntry(key, keys.Description(key), keys.ToNode(choice, key), []))];
    }

    /// <summary>The keys in which two configurations differ, with the values of both.</summary>
    public static IEnumerable<(string Key, string One, string Other)> Differences(TrainingConfig one, TrainingConfig other)
    {
        Dictionary<string, string> left = Flat(one), right = Flat(other);
        return left.Keys.Union(right.Keys).Where(key => left.GetValueOrDefault(key) != right.GetValueOrDefault(key))
            .Select(key => (key, left.GetValueOrDefault(key, "absent"), right.GetValueOrDefault(key, "absent")));
    }

    private static Dictionary<string, string> Flat(TrainingConfig config)
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

    private static JsonObject ToObject(TrainingConfig config)
    {
        var json = new JsonObject();
        foreach (ConfigEntry entry in Entries(config))
        {
            json[entry.Key] = entry.Value?.DeepClone();
            if (entry.Options.Count == 0) continue;
            var options = entry.Options.Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone()));
            json[entry.Value!.ToString()] = new JsonObject(options);
        }
        return json;
    }

    private static TrainingConfig OfProblem(JsonObject values)
    {
        JsonNode? named = values.TryGetPropertyValue(ProblemKey, out JsonNode? value) ? value : DefaultProblem;
        return Catalog<TrainingConfig>.Create(named?.ToString() ?? "").SingleOrDefault()
            ?? throw NotOneOf<TrainingConfig>(ProblemKey, named);
    }

    private static void Apply(TrainingConfig config, JsonObject values, string setting)
    {
        string[] parts = setting.Split('=', 2);
        if (parts.Length != 2) throw new InputException($"--set takes key=value, not '{setting}'.");
        if (!IsKnown(config, parts[0].Split('.')[0])) throw UnknownKey(config, parts[0], "--set");
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

    private static void Move(TrainingConfig config, JsonObject values, string from, string to)
    {
        if (!values.TryGetPropertyValue(from, out JsonNode? value)) return;
        values.Remove(from);
        JsonNode? algorithm = values[AlgorithmKey];
        string name = algorithm?.GetValueKind() == JsonValueKind.String ? algorithm.ToString() : Choices.Of(config.Algorithm).Name;
        Put(values, to.Replace("{algorithm}", name, StringComparison.Ordinal), value);
    }

    private static void Fill(TrainingConfig config, JsonObject values, string origin)
    {
        var keys = new ConfigKeys(config.GetType());
        Recipe recipe = Chosen(values, AlgorithmKey, config.Algorithm, config.Suits);
        keys.Set(config, AlgorithmKey, recipe);
        // Options of a learner or an optimiser that is not chosen change nothing, but errors in them are reported too.
        foreach ((string key, JsonNode? value) in values.Where(value => !keys.Names.Contains(value.Key)))
            SetOptions(ChoiceOf(config, key) ?? throw UnknownKey(config, key, origin), key, value);
        keys.Set(config, OptimiserKey, Chosen(values, OptimiserKey, config.DefaultOptimiser, _ => true));
        foreach ((string key, JsonNode? value) in values)
            if (keys.Names.Contains(key) && key is not (AlgorithmKey or OptimiserKey)) keys.Assign(config, key, key, value);
    }

    /// <summary>
    /// The kind that a key names, with the options that the configuration gives it. Where the key is absent or names the kind of
    /// <paramref name="byDefault"/>, other options are those of <paramref name="byDefault"/>.
    /// </summary>
    /// <param name="suits">Which of several kinds of the same name is meant</param>
    private static T Chosen<T>(JsonObject values, string key, T byDefault, Func<T, bool> suits) where T : class
    {
        T choice = byDefault;
        if (values.TryGetPropertyValue(key, out JsonNode? named))
        {
            string? name = named?.GetValueKind() == JsonValueKind.String ? named.ToString() : null;
            if (name is null || !Catalog<T>.Names.Contains(name)) throw NotOneOf<T>(key, named);
            if (name != Choices.Of(byDefault).Name) choice = Preferred(name, suits)!;
        }
        string own = Choices.Of(choice).Name;
        if (values[own] is { } options) SetOptions(choice, own, options);
        return choice;
    }

    private static void SetOptions(object choice, string name, JsonNode? value)
    {
        if (value is not JsonObject options)
            throw new InputException($"{name} must be an object of options, not {value?.ToJsonString() ?? "null"}.");
        var keys = new ConfigKeys(choice.GetType());
        foreach ((string key, JsonNode? option) in options)
        {
            if (!keys.Names.Contains(key)) throw UnknownOption(name, key, keys.Names);
            keys.Assign(choice, key, $"{name}.{key}", option);
        }
    }

    private static InputException NotOneOf<T>(string key, JsonNode? named) where T : class =>
        new($"{key} must be one of {string.Join(", ", Catalog<T>.Names)}, not {named?.ToJsonString() ?? "null"}.");

    private static InputException UnknownOption(string name, string option, IReadOnlyList<string> options) =>
        new($"{name} has no option '{option}'{Spelling.DidYouMean(option, options)} `maml algorithms {name}` lists them all.");

    private static object? ChoiceOf(TrainingConfig config, string name) =>
        (object?)Preferred<Recipe>(name, config.Suits) ?? Preferred<OptimiserOptions>(name, _ => true);

    private static T? Preferred<T>(string name, Func<T, bool> suits) where T : class
    {
        T[] kinds = [.. Catalog<T>.Create(name)];
        return kinds.FirstOrDefault(suits) ?? kinds.FirstOrDefault();
    }

    private static IEnumerable<string> KeysOf(TrainingConfig config) =>
        new ConfigKeys(config.GetType()).Names.Concat(config.MovedKeys.Keys);

    private static bool IsKnown(TrainingConfig config, string key) => KeysOf(config).Contains(key) || ChoiceOf(config, key) is not null;

    private static InputException UnknownKey(TrainingConfig config, string key, string origin) =>
        new($"{origin}: there is no key '{key}'{Spelling.DidYouMean(key, KeysOf(config))} `maml config` lists them all.");

    private static string FirstLine(Exception problem) => problem.Message.Split('\n')[0];
}
