using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The whole state of a training between two iterations. It needs no state of a random generator, because every draw is keyed by
/// the seed in the configuration and by the iteration.
/// </summary>
/// <param name="Theta">[P]</param>
/// <param name="Learned">The blocks that are learned besides theta with their names, in the order of the layout</param>
/// <param name="LearnerState">The arrays of the optimiser with their names</param>
/// <param name="Iteration">The number of iterations that are done, which is the index of the next one</param>
/// <param name="Best">The best validation so far and the iteration after which it was measured</param>
/// <param name="Device">The device of the training; resuming is exact on the same device, with any number of threads</param>
public sealed record Checkpoint(
    TrainingConfig Config, float[] Theta, IReadOnlyList<(string Name, NamedArray Array)> Learned,
    IReadOnlyDictionary<string, NamedArray> LearnerState, int Iteration, (double Score, int Iteration)? Best, string Device, int Threads)
{
    private const string KindOfAnyVersion = "maml-robotics checkpoint ", Version = "1";

    private const string ThetaPrefix = "theta.", StatePrefix = "learner.";

    /// <summary>Writes a safetensors file atomically, in which each block of the model is an array of its own shape.</summary>
    public void Write(string path, ParameterLayout layout)
    {
        var arrays = new Dictionary<string, NamedArray>();
        foreach (ParameterBlock block in layout.Blocks)
        {
            float[] values = Theta[block.Offset..(block.Offset + block.Length)];
            arrays[ThetaPrefix + block.Name] = new(ShapeOf(block), values);
        }
        foreach ((string name, NamedArray array) in Learned) arrays[name] = array;
        foreach ((string name, NamedArray array) in LearnerState) arrays[StatePrefix + name] = array;
        new Safetensors(arrays, Metadata()).Write(path);
    }

    /// <exception cref="InputException">The file is missing or damaged, or it is not a checkpoint.</exception>
    public static Checkpoint Read(string path)
    {
        Safetensors file = Safetensors.Read(path);
        string otherKind = $"{path} is not a checkpoint of this program; give one of a run folder's checkpoints/*.safetensors.";
        file.RequireKind(path, KindOfAnyVersion, Version, otherKind);
        try
        {
            return Parse(file, path);
        }
        catch (Exception problem) when (problem is KeyNotFoundException or FormatException or InvalidCastException or OverflowException)
        {
            throw new InputException($"{path} is a damaged checkpoint, or another program has changed it.");
        }
    }

    private static Checkpoint Parse(Safetensors file, string path)
    {
        TrainingConfig config = ConfigFormat.Parse(file.Metadata["config"], $"The configuration in {path}", []);
        ParameterLayout model = config.Model;
        var theta = new float[model.Count];
        foreach (ParameterBlock block in model.Blocks)
            Values(file, ThetaPrefix + block.Name, ShapeOf(block)).CopyTo(theta, block.Offset);
        (string, NamedArray)[] learned = [.. config.MetaLayout.Learned
            .Select(block => (block.Name, new NamedArray([.. block.Shape], Values(file, block.Name, [.. block.Shape]))))];
        var state = file.Arrays.Where(entry => entry.Key.StartsWith(StatePrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[StatePrefix.Length..], entry => entry.Value);
        int iteration = Int(file, "iteration", least: 0, most: config.Iterations);
        (double, int)? best = file.Metadata.TryGetValue("best_return", out string? value)
            ? (double.Parse(value, CultureInfo.InvariantCulture), Int(file, "best_iteration", least: 1, most: iteration)) : null;
        int threads = Int(file, "threads", least: 1, most: int.MaxValue);
        return new Checkpoint(config, theta, learned, state, iteration, best, file.Metadata["device"], threads);
    }

    private static long[] ShapeOf(ParameterBlock block) => [.. block.Shape.Select(size => (long)size)];

    private static float[] Values(Safetensors file, string name, params long[] shape)
    {
        NamedArray array = file.Arrays[name];
        return array.Shape.SequenceEqual(shape) ? (float[])array.Data : throw new FormatException();
    }

    /// <summary>The flat meta-parameters, [Q].</summary>
    public Tensor Meta(Device device)
    {
        float[] flat = [.. Theta, .. Learned.SelectMany(block => (float[])block.Array.Data)];
        return flat.CopyToTensor(device: device);
    }

    /// <summary>Puts a trainer of the same configuration into this state.</summary>
    internal void RestoreTo(IMetaTrainer trainer, Device device)
    {
        trainer.Restore(Meta(device), Iteration);
        TensorScope.Free(() =>
            trainer.Optimiser.Restore(LearnerState.ToDictionary(entry => entry.Key, entry => ToTensor(entry.Value))));
    }

    private static Tensor ToTensor(NamedArray array) =>
        array.Data is long[] whole ? whole.CopyToTensor(array.Shape) : ((float[])array.Data).CopyToTensor(array.Shape);

    private Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["kind"] = KindOfAnyVersion + Version,
            ["config"] = ConfigFormat.ToJson(Config),
            ["iteration"] = Iteration.ToString(CultureInfo.InvariantCulture),
            ["device"] = Device,
            ["threads"] = Threads.ToString(CultureInfo.InvariantCulture),
        };
        if (Best is not { } best) return metadata;
        metadata["best_return"] = best.Score.ToString("R", CultureInfo.InvariantCulture);
        metadata["best_iteration"] = best.Iteration.ToString(CultureInfo.InvariantCulture);
        return metadata;
    }

    private static int Int(Safetensors file, string key, int least, int most)
    {
        int value = int.Parse(file.Metadata[key], CultureInfo.InvariantCulture);
        return value >= least && value <= most ? value : throw new FormatException();
    }
}
