using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes and reads a replay as a safetensors file. The arrays <c>step_k.*</c> hold the episodes after k gradient steps, one
/// after the other, beginning with the episode of mean actions: <c>lengths</c> and <c>terminated</c> [episodes],
/// <c>states</c> [sum of (length + 1), state], <c>rewards</c> [sum of lengths], <c>change</c> [layers]. Everything else is
/// JSON in the metadata. Reading needs neither the policy nor torch.
/// </summary>
public static class ReplayFile
{
    public const string Extension = ".replay";

    private const string KindOfAnyVersion = "maml-robotics replay ", Version = "1";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IncludeFields = true,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Whether a path names a replay, rather than a checkpoint or a run.</summary>
    public static bool IsNamed(string path) =>
        Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <exception cref="TrainingException">The episodes hold numbers that are not finite.</exception>
    public static void Write(string path, Replay replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        if (!ReplayCheck.IsWhole(replay))
            throw new TrainingException("The policy's episodes hold numbers that are not finite, so there is nothing to record.");
        new Safetensors(ArraysOf(replay), MetadataOf(replay)).Write(path);
    }

    /// <exception cref="InputException">The file cannot be read, is damaged, of another version, or no replay.</exception>
    public static Replay Read(string path)
    {
        Safetensors file = Safetensors.Read(path);
        file.RequireKind(
            path, KindOfAnyVersion, Version, $"{path} is not a replay; write one with: maml record CHECKPOINT --out FILE{Extension}");
        try
        {
            Replay replay = Parse(new Contents(file));
            return ReplayCheck.IsWhole(replay) ? replay : throw new FormatException();
        }
        catch (Exception problem) when (IsOfContents(problem))
        {
            throw new InputException($"{path} is a damaged replay, or one that another program has changed.");
        }
    }

    private static Dictionary<string, NamedArray> ArraysOf(Replay replay)
    {
        (ActionField field, ReturnMap map) = (replay.Field, replay.Map);
        var arrays = new Dictionary<string, NamedArray>
        {
            ["task"] = new([replay.Task.Count], (double[])[.. replay.Task]),
            ["goals"] = new([replay.Goals.Count, 2], Flat(replay.Goals)),
            ["field"] = new([field.Actions.Count, field.Cells, field.Cells, 2], Flat(field.Actions.SelectMany(step => step))),
            ["map_prior"] = new([map.Y.Cells, map.X.Cells], map.Prior),
            ["map_adapted"] = new([map.Y.Cells, map.X.Cells], map.Adapted),
        };
        foreach ((int k, ReplayStep step) in replay.Steps.Index()) AddStep(arrays, $"step_{k}.", step);
        return arrays;
    }

    private static Dictionary<string, string> MetadataOf(Replay replay)
    {
        ActionField field = replay.Field;
        return new Dictionary<string, string>
        {
            ["kind"] = KindOfAnyVersion + Version,
            ["commit"] = Machine.Commit,
            ["title"] = Text(replay.Title),
            ["task_columns"] = Text(replay.TaskColumns),
            ["world"] = Text(replay.World),
            ["horizon"] = Text(replay.Horizon),
            ["layers"] = Text(replay.Layers),
            ["returns"] = Text(replay.Steps.Select(step => step.Returns.Mean)),
            ["reference"] = Text(replay.Reference),
            ["random_return"] = Text(replay.UntrainedReturn),
            ["field_axes"] = Text(new FieldAxes(field.Axes.X, field.Axes.Y, field.Low, field.High, field.Cells)),
            ["map_axes"] = Text(new[] { replay.Map.X, replay.Map.Y }),
        };
    }

    /// <summary>Whether it is the file's contents that are wrong: something is missing, or of another type, size or range.</summary>
    private static bool IsOfContents(Exception problem) => problem is KeyNotFoundException or InvalidCastException or JsonException
        or FormatException or ArgumentException or OverflowException;

    private static void AddStep(Dictionary<string, NamedArray> arrays, string prefix, ReplayStep step)
    {
        Trajectory[] episodes = [step.Shown, .. step.Trajectories];
        int size = step.Shown.StateSize;
        long[] lengths = [.. episodes.Select(episode => (long)episode.Steps)];
        long[] terminated = [.. episodes.Select(episode => episode.Terminated ? 1L : 0)];
        float[] states = [.. episodes.SelectMany(episode => episode.States)];
        float[] rewards = [.. episodes.SelectMany(episode => episode.Rewards)];
        arrays[prefix + "lengths"] = new([episodes.Length], lengths);
        arrays[prefix + "terminated"] = new([episodes.Length], terminated);
        arrays[prefix + "states"] = new([episodes.Sum(episode => episode.Steps + 1), size], states);
        arrays[prefix + "rewards"] = new([episodes.Sum(episode => episode.Steps)], rewards);
        arrays[prefix + "change"] = new([step.ParameterChange.Count], (double[])[.. step.ParameterChange]);
    }

    private static Replay Parse(Contents file)
    {
        _ = (file.Text("kind"), file.Text("commit"), file.Text("returns"));
        var steps = new List<ReplayStep>();
        while (file.Has($"step_{steps.Count}.states")) steps.Add(ParseStep(file, $"step_{steps.Count}."));
        if (file.List<MapAxis>("map_axes") is not [var x, var y]) throw new FormatException();
        FieldAxes axes = file.Value<FieldAxes>("field_axes");
        Vector2[][] actions = [.. Points(file.Array<float>("field", out _)).Chunk(checked(axes.Cells * axes.Cells))];
        var field = new ActionField((axes.X, axes.Y), axes.Low, axes.High, axes.Cells, actions);
        var map = new ReturnMap(x, y, file.Array<double>("map_prior", out _), file.Array<double>("map_adapted", out _));
        Vector2[] goals = [.. Points(file.Array<float>("goals", out _))];
        var replay = new Replay(
            file.Value<ReplayTitle>("title"), file.List<Coordinate>("task_columns"), file.Array<double>("task", out _),
            file.Value<World>("world"), goals, file.Value<int>("horizon"), steps, file.List<string>("layers"),
            file.Value<ReferenceReturn>("reference"), file.Value<double>("random_return"), map, field);
        // A name that is left is damaged, or another program wrote it.
        return file.IsEmpty ? replay : throw new FormatException();
    }

    private static ReplayStep ParseStep(Contents file, string prefix)
    {
        long[] lengths = file.Array<long>(prefix + "lengths", out _);
        long[] terminated = file.Array<long>(prefix + "terminated", out _);
        float[] states = file.Array<float>(prefix + "states", out long[] shape);
        float[] rewards = file.Array<float>(prefix + "rewards", out _);
        if (shape.Length != 2 || lengths.Length < 2 || terminated.Length != lengths.Length || lengths.Min() < 1)
            throw new FormatException();
        int size = checked((int)shape[1]), state = 0, reward = 0;
        var episodes = new Trajectory[lengths.Length];
        for (int i = 0; i < episodes.Length; i++)
        {
            int length = checked((int)lengths[i]), end = checked(state + (length + 1) * size);
            episodes[i] = new Trajectory(size, states[state..end], rewards[reward..(reward + length)], terminated[i] != 0);
            (state, reward) = (end, reward + length);
        }
        if (state != states.Length || reward != rewards.Length) throw new FormatException();
        return new ReplayStep(episodes[1..], episodes[0], file.Array<double>(prefix + "change", out _));
    }

    private static float[] Flat(IEnumerable<Vector2> points) => [.. points.SelectMany(point => new[] { point.X, point.Y })];

    private static IEnumerable<Vector2> Points(float[] flat) => flat.Chunk(2).Select(pair => new Vector2(pair));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json);

    private sealed record FieldAxes(Coordinate X, Coordinate Y, Vector2 Low, Vector2 High, int Cells);

    /// <summary>A file's arrays and texts, each taken once.</summary>
    private sealed class Contents(Safetensors file)
    {
        private readonly Dictionary<string, NamedArray> arrays = new(file.Arrays);
        private readonly Dictionary<string, string> texts = new(file.Metadata);

        public bool IsEmpty => arrays.Count == 0 && texts.Count == 0;

        public bool Has(string array) => arrays.ContainsKey(array);

        public string Text(string key) => texts.Remove(key, out string? text) ? text : throw new KeyNotFoundException();

        public T Value<T>(string key) => JsonSerializer.Deserialize<T>(Text(key), Json) ?? throw new FormatException();

        public T[] List<T>(string key) where T : class => [.. Value<T?[]>(key).Select(item => item ?? throw new FormatException())];

        public T[] Array<T>(string name, out long[] shape)
        {
            if (!arrays.Remove(name, out NamedArray? array)) throw new KeyNotFoundException();
            shape = array.Shape;
            return (T[])array.Data;
        }
    }
}
