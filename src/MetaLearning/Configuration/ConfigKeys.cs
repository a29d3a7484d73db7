using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>The properties of a type that a configuration can set, and the keys that name them in JSON.</summary>
internal sealed class ConfigKeys
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private readonly Dictionary<string, PropertyInfo> properties;

    public ConfigKeys(Type type)
    {
        PropertyInfo[] described =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is not null && property.IsDefined(typeof(DescriptionAttribute)))
                .OrderBy(property => property.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0)
                .ThenBy(property => Depth(property.DeclaringType)),
        ];
        properties = described.ToDictionary(property => Options.PropertyNamingPolicy!.ConvertName(property.Name));
        Names = [.. described.Select(property => Options.PropertyNamingPolicy!.ConvertName(property.Name))];
    }

    /// <summary>The keys, in the order in which they are listed.</summary>
    public IReadOnlyList<string> Names { get; }

    public string Description(string key) => properties[key].GetCustomAttribute<DescriptionAttribute>()!.Description;

    public object? Value(object owner, string key) => properties[key].GetValue(owner);

    public JsonNode? ToNode(object owner, string key) =>
        JsonSerializer.SerializeToNode(Value(owner, key), properties[key].PropertyType, Options);

    public void Set(object owner, string key, object? value) => properties[key].SetValue(owner, value);

    /// <param name="path">What errors call the key</param>
    /// <exception cref="InputException">The value is of another type, or out of range.</exception>
    public void Assign(object owner, string key, string path, JsonNode? value)
    {
        PropertyInfo property = properties[key];
        object? read;
        try
        {
            read = value.Deserialize(property.PropertyType, Options);
        }
        catch (JsonException)
        {
            read = null;
        }
        if (read is null)
            throw new InputException($"{path} must be {Expected(property.PropertyType)}, not {value?.ToJsonString() ?? "null"}.");
        property.SetValue(owner, read);
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range || range.IsValid(read)) return;
        string limits = $"between {Invariant(range.Minimum)} and {Invariant(range.Maximum)}";
        throw new InputException($"{path} must be {limits}, not {Invariant(read)}.");
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    private static string Expected(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => NameOf(value, type)))}" :
        type == typeof(int) || type == typeof(long) ? "a whole number" :
        type == typeof(double) ? "a number" :
        type == typeof(bool) ? "true or false" :
        type == typeof(string) ? "a string" :
        type == typeof(IReadOnlyList<int>) ? "a list of whole numbers" : "a list of numbers";

    private static string NameOf(object value, Type type) => JsonSerializer.Serialize(value, type, Options).Trim('"');

    private static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
