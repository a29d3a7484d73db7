using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>How a learned optimiser is made and trained.</summary>
/// <param name="Units">The units of each of its two layers</param>
/// <param name="LogarithmRange">p: gradients below e^-p count as small</param>
/// <param name="OutputScale">The factor of the network's output, which makes the step</param>
/// <param name="Unroll">The number of steps that its loss goes through</param>
/// <param name="IsFirstOrder">Whether its loss is differentiated as if gradients did not depend on earlier steps</param>
/// <param name="IsLogarithmic">Whether its loss is the mean of logarithms of the functions' values instead of that of the values</param>
public readonly record struct OptimiserSettings(
    int Units, double LogarithmRange, double OutputScale, int Unroll, bool IsFirstOrder, bool IsLogarithmic);

/// <summary>
/// An optimiser that is a recurrent network: an LSTM of two layers sees the gradients of a coordinate, step by step, and makes its
/// steps. All coordinates have the same parameters and each its own memory. Andrychowicz et al. 2016, sections 2.1 and 3 and
/// appendix A, arXiv 1606.04474.
/// </summary>
public sealed class OptimiserNetwork(OptimiserSettings settings) : ITaskModel<OptimiseeSamples>
{
    private const int Layers = 2, Features = 2;

    // A function may reach zero, which has no logarithm.
    private const double SmallestValue = 1e-10;

    /// <summary>The layout of its parameters.</summary>
    public ParameterLayout Layout { get; } = new(Blocks(settings.Units));

    /// <summary>The numbers that it remembers of a coordinate.</summary>
    public int MemorySize => 2 * Layers * settings.Units;

    /// <inheritdoc/>
    public bool IsSequential => true;

    /// <inheritdoc/>
    public int WidestLayer => Lstm.Gates * settings.Units;

    /// <inheritdoc/>
    public int Units => settings.Unroll * Layers * (2 * Lstm.Gates + Layers) * settings.Units;

    /// <summary>Draws initial parameters. [P]</summary>
    public float[] Initialise(RandomStream stream)
    {
        float[] parameters = Layout.Initialise(stream);
        for (int layer = 0; layer < Layers; layer++) Lstm.OpenForgetGate(Layout.Block(BiasOf(layer)).Of(parameters));
        return parameters;
    }

    /// <inheritdoc/>
    public ITaskLosses Forward(Tensor meta, Tensor parameters, OptimiseeSamples samples)
    {
        // No inner step changes the parameters, so they are the same for all functions.
        Tensor[] blocks = Layout.Split(parameters.narrow(0, 0, 1));
        Optimisees functions = samples.Functions;
        (Tensor points, Tensor memory) = (samples.Points.detach().requires_grad_(), samples.Memory);
        Tensor loss = functions.Loss(points, samples.Steps), sum = zeros_like(loss);
        for (int step = 1; step <= settings.Unroll; step++)
        {
            Tensor gradient = autograd.grad([loss.sum()], [points], retain_graph: true, create_graph: !settings.IsFirstOrder)[0];
            (points, memory) = Step(blocks, points, memory, gradient);
            loss = functions.Loss(points, samples.Steps + step);
            sum = sum.Plus(settings.IsLogarithmic ? loss.Plus(SmallestValue).log() : loss);
        }
        return new OneLoss(sum / Number(settings.Unroll));
    }

    /// <summary>The optimiser with given parameters, without a graph.</summary>
    /// <param name="parameters">[1, P]</param>
    public IStepRule RuleOf(Tensor parameters) => new Rule(this, Layout.Split(parameters.detach()));

    /// <summary>One step.</summary>
    /// <param name="points">[N, D]</param>
    /// <param name="memory">[N, D, memory]</param>
    private (Tensor Points, Tensor Memory) Step(Tensor[] blocks, Tensor points, Tensor memory, Tensor gradient)
    {
        Tensor[] states = memory.flatten(0, 1).chunk(2 * Layers, 1);
        Tensor below = Preprocessed(settings.IsFirstOrder ? gradient.detach() : gradient).flatten(0, 1);
        for (int layer = 0; layer < Layers; layer++)
        {
            ReadOnlySpan<Tensor> own = blocks.AsSpan(2 * layer, 2);
            Tensor gates = cat([below, states[2 * layer]], 1).matmul(own[0].squeeze(0)).Plus(own[1]);
            (states[2 * layer], states[2 * layer + 1]) = Lstm.Next(gates, states[2 * layer + 1]);
            below = states[2 * layer];
        }
        Tensor output = below.matmul(blocks[^2].squeeze(0)).Plus(blocks[^1]).view(points.shape);
        return (points.Plus(output * Number(settings.OutputScale)), cat(states, 1).view(memory.shape));
    }

    // log |g| / p and the sign of g; for small gradients -1 and e^p g. [N, D] to [N, D, 2]
    internal Tensor Preprocessed(Tensor gradient)
    {
        double p = settings.LogarithmRange;
        Tensor size = gradient.abs().clamp_min(Number(Math.Exp(-p))).log() / Number(p);
        return stack([size, (gradient * Number(Math.Exp(p))).clamp(Number(-1), Number(1))], dim: 2);
    }

    private static string BiasOf(int layer) => FormattableString.Invariant($"lstm{layer}.bias");

    private static IEnumerable<(string Name, int[] Shape)> Blocks(int units)
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            int below = layer == 0 ? Features : units;
            yield return (FormattableString.Invariant($"lstm{layer}.weight"), [below + units, Lstm.Gates * units]);
            yield return (BiasOf(layer), [Lstm.Gates * units]);
        }
        yield return ("output.weight", [units, 1]);
        yield return ("output.bias", [1]);
    }

    private sealed record Rule(OptimiserNetwork Network, Tensor[] Blocks) : IStepRule
    {
        public IReadOnlyList<Tensor> Start(Tensor points) =>
            [zeros([points.shape[0], points.shape[1], Network.MemorySize], points.dtype, points.device)];

        public (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step)
        {
            using IDisposable withoutGraph = no_grad();
            (Tensor next, Tensor memory) = Network.Step(Blocks, points, state[0], gradient);
            return (next, [memory]);
        }
    }
}
