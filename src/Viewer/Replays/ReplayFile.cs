using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// A replay in a safetensors file. The arrays <c>step_k.*</c> hold the episodes after k gradient steps one behind the
/// other, first the one with mean actions: <c>lengths</c> and <c>terminated</c> [episodes], <c>states</c> [sum of
/// (length + 1), state], <c>rewards</c> [sum of lengths], <c>change</c> [layers]. All else is JSON in the metadata. Reading needs
/// neither the policy nor torch.
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
    public static bool IsNamed(string path) => Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <exception cref="TrainingException">The episodes hold numbers that are not finite.</exception>
    public static void Write(string path, Replay replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        if (!ReplayCheck.IsWhole(replay)) throw new TrainingException("The policy's episodes hold numbers that are not finite, so there is nothing to record.");
        var arrays = new Dictionary<string, NamedArray>
        {
            ["task"] = new([replay.Task.Count], (double[])[.. replay.Task]),
            ["goals"] = new([replay.Goals.Count, 2], Flat(replay.Goals)),
            ["field"] = new([replay.Field.Actions.Count, replay.Field.Cells, replay.Field.Cells, 2], Flat(replay.Field.Actions.SelectMany(step => step))),
            ["map_prior"] = new([replay.Map.Y.Cells, replay.Map.X.Cells], replay.Map.Prior),
            ["map_adapted"] = new([replay.Map.Y.Cells, replay.Map.X.Cells], replay.Map.Adapted),
        };
        foreach ((int k, ReplayStep step) in replay.Steps.Index()) AddStep(arrays, $"step_{k}.", step);
        new Safetensors(arrays, new Dictionary<string, string>
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
            ["field_axes"] = Text(new FieldAxes(replay.Field.Axes.X, replay.Field.Axes.Y, replay.Field.Low, replay.Field.High, replay.Field.Cells)),
            ["map_axes"] = Text(new[] { replay.Map.X, replay.Map.Y }),
        }).Write(path);
    }

    /// <exception cref="InputException">The file cannot be read, is damaged, of another version, or no replay.</exception>
    public static Replay Read(string path)
    {
        Safetensors file = Safetensors.Read(path);
        file.RequireKind(path, KindOfAnyVersion, Version, $"{path} is not a replay; write one with: maml record CHECKPOINT --out FILE{Extension}");
        try
        {
            Replay replay = Parse(new Contents(file));
            return ReplayCheck.IsWhole(replay) ? replay : throw new FormatException();
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidCastException or JsonException or FormatException or ArgumentException or OverflowException)
        {
            throw new InputException($"{path} is a damaged replay, or one that another program has changed.");
        }
    }

    private static void AddStep(Dictionary<string, NamedArray> arrays, string prefix, ReplayStep step)
    {
        Trajectory[] episodes = [step.Shown, .. step.Trajectories];
        int size = step.Shown.StateSize;
        arrays[prefix + "lengths"] = new([episodes.Length], (long[])[.. episodes.Select(episode => (long)episode.Steps)]);
        arrays[prefix + "terminated"] = new([episodes.Length], (long[])[.. episodes.Select(episode => episode.Terminated ? 1L : 0)]);
        arrays[prefix + "states"] = new([episodes.Sum(episode => episode.Steps + 1), size], (float[])[.. episodes.SelectMany(episode => episode.States)]);
        arrays[prefix + "rewards"] = new([episodes.Sum(episode => episode.Steps)], (float[])[.. episodes.SelectMany(episode => episode.Rewards)]);
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
        var replay = new Replay(
            file.Value<ReplayTitle>("title"), file.List<Coordinate>("task_columns"), file.Array<double>("task", out _), file.Value<World>("world"),
            [.. Points(file.Array<float>("goals", out _))], file.Value<int>("horizon"), steps, file.List<string>("layers"),
            file.Value<ReferenceReturn>("reference"), file.Value<double>("random_return"),
            new ReturnMap(x, y, file.Array<double>("map_prior", out _), file.Array<double>("map_adapted", out _)),
            new ActionField((axes.X, axes.Y), axes.Low, axes.High, axes.Cells, actions));
        // Something unknown is a name that has been damaged, or another program's.
        return file.IsEmpty ? replay : throw new FormatException();
    }

    private static ReplayStep ParseStep(Contents file, string prefix)
    {
        long[] lengths = file.Array<long>(prefix + "lengths", out _), terminated = file.Array<long>(prefix + "terminated", out _);
        float[] states = file.Array<float>(prefix + "states", out long[] shape), rewards = file.Array<float>(prefix + "rewards", out _);
        if (shape.Length != 2 || lengths.Length < 2 || terminated.Length != lengths.Length || lengths.Min() < 1) throw new FormatException();
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
