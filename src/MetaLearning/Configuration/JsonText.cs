using System.Text.Json;
using System.Text.Json.Nodes;

namespace MamlRobotics.MetaLearning;

/// <summary>Reads JSON that people edit, in which comments and trailing commas are allowed.</summary>
public static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The object of keys and values that a text holds; null where it holds something else.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="ArgumentException">The object has a key twice.</exception>
    public static JsonObject? Parse(string json)
    {
        var values = JsonNode.Parse(json, documentOptions: Options) as JsonObject;
        // A duplicate key is found only when the object is first used.
        _ = values?.Count;
        return values;
    }
}
