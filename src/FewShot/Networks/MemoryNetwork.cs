using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>The sizes of a <see cref="MemoryNetwork"/>.</summary>
/// <param name="Units">The units of the controller</param>
/// <param name="Slots">The slots of the memory</param>
/// <param name="Width">The numbers in a slot</param>
/// <param name="Heads">The heads that read and write at each time step</param>
public readonly record struct MemorySizes(int Units, int Slots, int Width, int Heads);

/// <summary>
/// A network that is shown the pictures of a task one after another and tells the class of each before it is told it, one time step
/// later. Its controller is an LSTM with a <see cref="LeastUsedMemory"/>. Its parameters are the same for all tasks. Santoro et al. 2016,
/// sections 2 and 3, arXiv 1605.06065.
/// </summary>
public sealed class MemoryNetwork : IImageModel
{
    // Before it is trained, a picture that is the same as before gets most of the attention.
    private const float FirstSharpness = 10;

    private const string Bias = "controller.bias", HeadsInputWeight = "heads.input_weight", HeadsBias = "heads.bias";

    private const string HeadsWeight = "heads.weight";

    private readonly ImageNetwork network;
    private readonly MemorySizes sizes;
    private readonly int ways;

    public MemoryNetwork(ImageNetwork network, MemorySizes sizes, int ways)
    {
        (this.network, this.sizes, this.ways) = (network, sizes, ways);
        int read = sizes.Heads * sizes.Width, input = network.FeatureCount + ways, heads = sizes.Heads * HeadSize;
        Layout = new(
        [
            .. network.Blocks(),
            ("controller.input_weight", [input, Lstm.Gates * sizes.Units]), (Bias, [Lstm.Gates * sizes.Units]),
            ("controller.state_weight", [sizes.Units + read, Lstm.Gates * sizes.Units]),
            (HeadsInputWeight, [input, heads]), (HeadsBias, [heads]), (HeadsWeight, [sizes.Units, heads]),
            ("output.weight", [sizes.Units + read, ways]), ("output.bias", [ways]),
        ]);
    }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <inheritdoc/>
    public bool IsSequential => true;

    /// <inheritdoc/>
    public int WidestLayer => Math.Max(network.WidestLayer, sizes.Slots * sizes.Width);

    // At each step the memory is written, and compared with the keys in unit length.
    /// <inheritdoc/>
    public int Units => network.Units + 2 * Lstm.Gates * sizes.Units + 3 * sizes.Slots * sizes.Width + 4 * sizes.Slots * sizes.Heads;

    // A key, what is added, the share of writing to what was read, and the sharpness.
    private int HeadSize => 2 * sizes.Width + 2;

    /// <inheritdoc/>
    public float[] Initialise(RandomStream stream)
    {
        float[] parameters = Layout.Initialise(stream);
        ImageNetwork.InitialiseScales(Layout, parameters);
        Lstm.OpenForgetGate(Layout.Block(Bias).Of(parameters));
        Span<float> heads = Layout.Block(HeadsBias).Of(parameters);
        for (int head = 1; head <= sizes.Heads; head++) heads[head * HeadSize - 1] = FirstSharpness;
        int ofPictures = network.FeatureCount * sizes.Heads * HeadSize;
        Centre(Layout.Block(HeadsInputWeight).Of(parameters)[..ofPictures]);
        Separate(Layout.Block(HeadsInputWeight).Of(parameters)[ofPictures..], MathF.Sqrt((float)(network.FeatureCount + ways) / ways));
        Separate(Layout.Block(HeadsWeight).Of(parameters), 1);
        return parameters;
    }

    // At first, keys come from pictures alone, so that similar pictures have similar keys, and what is told comes from labels as if they
    // were the only input. Otherwise labels are lost among hundreds of numbers, and a network finds out only after thousands of
    // iterations that they can be remembered.
    private void Separate(Span<float> weights, float gainOfTold)
    {
        for (int head = 0; head < weights.Length; head += HeadSize)
        {
            weights.Slice(head, sizes.Width).Clear();
            foreach (ref float weight in weights.Slice(head + sizes.Width, sizes.Width)) weight *= gainOfTold;
        }
    }

    // Features are never negative, so that all pictures point in much the same direction. With weights that sum to zero, keys do not.
    private void Centre(Span<float> weights)
    {
        int outputs = sizes.Heads * HeadSize;
        for (int output = 0; output < outputs; output++)
        {
            float mean = 0;
            for (int i = output; i < weights.Length; i += outputs) mean += weights[i] / network.FeatureCount;
            for (int i = output; i < weights.Length; i += outputs) weights[i] -= mean;
        }
    }

    /// <inheritdoc/>
    public ITaskLosses Forward(Tensor meta, Tensor parameters, ImageSamples samples) =>
        new OneLoss((LogProbabilities(meta, parameters, samples) * samples.Targets).sum([2]).mean([1]).neg());

    /// <summary>The log-probability of every class at each time step, before the class is told. [N, M, ways]</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="parameters">[N, P], the same in each row, because no inner step changes them</param>
    /// <param name="samples">The pictures of each task in the order of time</param>
    public Tensor LogProbabilities(Tensor meta, Tensor parameters, ImageSamples samples)
    {
        Tensor[] shared = Layout.Split(parameters.narrow(0, 0, 1));
        Tensor[] own = [.. shared.Take(network.BlockCount).Select(block => Repeated(block, samples.TaskCount))];
        Tensor features = network.Features(own, samples.Pictures, samples.SampleCount);
        Tensor[] rest = [.. shared.Skip(network.BlockCount).Select(block => block.squeeze(0))];
        Tensor told = nn.functional.pad(samples.Targets.narrow(1, 0, samples.SampleCount - 1), [0, 0, 1, 0]);
        Tensor inputs = cat([features, told], 2);
        // One product for all time steps is faster than one for each.
        Tensor gates = inputs.matmul(rest[0]).Plus(rest[1]), heads = inputs.matmul(rest[3]).Plus(rest[4]);
        Tensor states = Run(gates.unbind(1), heads.unbind(1), rest[2], rest[5]);
        return states.matmul(rest[6]).Plus(rest[7]).log_softmax(2);
    }

    /// <summary>Goes through the time steps.</summary>
    /// <param name="gates">What the inputs give to the gates at each time step, [N, 4 H] each</param>
    /// <param name="heads">What they give to the heads, [N, R * head] each</param>
    /// <returns>The states of the controller with what it has read. [N, M, H + R W]</returns>
    private Tensor Run(Tensor[] gates, Tensor[] heads, Tensor stateWeight, Tensor headsWeight)
    {
        (long tasks, Tensor like) = (gates[0].shape[0], gates[0]);
        LeastUsedMemory memory = LeastUsedMemory.Empty(tasks, sizes.Slots, sizes.Width, sizes.Heads, like);
        Tensor cell = zeros([tasks, sizes.Units], like.dtype, like.device);
        Tensor state = zeros([tasks, sizes.Units + sizes.Heads * sizes.Width], like.dtype, like.device);
        var states = new Tensor[gates.Length];
        for (int t = 0; t < gates.Length; t++)
        {
            (Tensor hidden, cell) = Lstm.Next(gates[t].Plus(state.matmul(stateWeight)), cell);
            memory = memory.Next(HeadsOf(heads[t].Plus(hidden.matmul(headsWeight))));
            states[t] = state = cat([hidden, memory.Read.flatten(1)], 1);
        }
        return stack(states, dim: 1);
    }

    private MemoryHeads HeadsOf(Tensor outputs)
    {
        Tensor[] parts = outputs.view(-1, sizes.Heads, HeadSize).split([sizes.Width, sizes.Width, 1, 1], dim: 2);
        // log(1 + e^x), which is positive.
        Tensor sharpness = nn.functional.logsigmoid(parts[3].squeeze(2).neg()).neg();
        return new(parts[0].tanh(), parts[1].tanh(), parts[2].squeeze(2).sigmoid(), sharpness);
    }

    private static Tensor Repeated(Tensor block, long tasks) => block.expand([tasks, .. block.shape.Skip(1)]);
}
