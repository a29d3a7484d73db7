using System.Text.Json;
using System.Text.Json.Nodes;

namespace MamlRobotics.MetaLearning;

/// <summary>JSON that people edit: comments and trailing commas are welcome.</summary>
public static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The object of keys and values in a text; null where it holds something else.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="ArgumentException">A key is there twice.</exception>
    public static JsonObject? Parse(string json)
    {
        var values = JsonNode.Parse(json, documentOptions: Options) as JsonObject;
        // A duplicate key is found only when the object is first used.
        _ = values?.Count;
        return values;
    }
}
