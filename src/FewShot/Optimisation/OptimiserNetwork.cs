using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>How a learned optimiser is made and trained.</summary>
/// <param name="Units">The units of each of its two layers</param>
/// <param name="Input">What it sees of the gradients</param>
/// <param name="LogarithmRange">p: gradients below e^-p count as small</param>
/// <param name="OutputScale">The factor of the network's output, which makes the step</param>
/// <param name="NominalRate">
/// The rate of a step along the running mean that is added to the network's (Harrison, Metz and Sohl-Dickstein 2022, arXiv 2209.11208)
/// and multiplied by exp of a second output; 0 for none
/// </param>
/// <param name="Steps">The number of steps that it is trained to make</param>
/// <param name="Unroll">The number of steps that its loss goes through</param>
/// <param name="Counted">The number of the last ones of these whose values make the loss</param>
/// <param name="IsFirstOrder">Whether its loss is differentiated as if gradients did not depend on earlier steps</param>
/// <param name="IsLogarithmic">Whether its loss is the mean of logarithms of the functions' values instead of that of the values</param>
public readonly record struct OptimiserSettings(
    int Units, OptimiserInput Input, double LogarithmRange, double OutputScale, double NominalRate, int Steps, int Unroll, int Counted,
    bool IsFirstOrder, bool IsLogarithmic);

/// <summary>
/// An optimiser that is a recurrent network: an LSTM of two layers sees the gradients of a coordinate, step by step, and makes its
/// steps. All coordinates have the same parameters and each its own memory. Andrychowicz et al. 2016, sections 2.1 and 3 and
/// appendix A, arXiv 1606.04474.
/// </summary>
public sealed class OptimiserNetwork(OptimiserSettings settings) : ITaskModel<OptimiseeSamples>
{
    private const int Layers = 2;

    // Of both running means, and what keeps the gradient of the second one's root finite where all gradients were zero.
    private const double Decay = 0.9, SmallestSquare = 1e-16;

    // A function may reach zero, which has no logarithm.
    private const double SmallestValue = 1e-10;

    /// <summary>The layout of its parameters.</summary>
    public ParameterLayout Layout { get; } = new(Blocks(settings));

    /// <summary>The numbers that it remembers of a coordinate.</summary>
    public int MemorySize => StateSize + (settings.Input == OptimiserInput.Moments ? 2 : 0);

    private int Outputs => OutputsOf(settings);

    private int StateSize => 2 * Layers * settings.Units;

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
        // Learning starts from the nominal step.
        if (settings.NominalRate > 0) Layout.Block("output.weight").Of(parameters).Clear();
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
            (points, memory) = Step(blocks, points, memory, gradient, samples.Steps + step - 1);
            loss = functions.Loss(points, samples.Steps + step);
            if (step > settings.Unroll - settings.Counted) sum = sum.Plus(settings.IsLogarithmic ? loss.Plus(SmallestValue).log() : loss);
        }
        return new OneLoss(sum / Number(settings.Counted));
    }

    /// <summary>The optimiser with given parameters, without a graph.</summary>
    /// <param name="parameters">[1, P]</param>
    public IStepRule RuleOf(Tensor parameters) => new Rule(this, Layout.Split(parameters.detach()));

    /// <summary>One step.</summary>
    /// <param name="points">[N, D]</param>
    /// <param name="memory">[N, D, memory]</param>
    /// <param name="step">The number of steps before this one</param>
    private (Tensor Points, Tensor Memory) Step(Tensor[] blocks, Tensor points, Tensor memory, Tensor gradient, int step)
    {
        Tensor[] states = memory.narrow(2, 0, StateSize).flatten(0, 1).chunk(2 * Layers, 1);
        (Tensor seen, Tensor[] moments) = Seen(settings.IsFirstOrder ? gradient.detach() : gradient, memory, step);
        Tensor below = seen.flatten(0, 1);
        for (int layer = 0; layer < Layers; layer++)
        {
            Tensor gates = cat([below, states[2 * layer]], 1).matmul(blocks[2 * layer].squeeze(0)).Plus(blocks[2 * layer + 1]);
            (states[2 * layer], states[2 * layer + 1]) = Lstm.Next(gates, states[2 * layer + 1]);
            below = states[2 * layer];
        }
        Tensor output = below.matmul(blocks[^2].squeeze(0)).Plus(blocks[^1]).view(points.shape[0], points.shape[1], Outputs);
        Tensor change = output.select(2, 0) * Number(settings.OutputScale);
        if (Outputs > 1) change -= seen.select(2, 0) * output.select(2, 1).exp() * Number(settings.NominalRate);
        Tensor after = cat([.. states, .. moments.Select(moment => moment.view(-1, 1))], 1).view(memory.shape);
        return (points.Plus(change), after);
    }

    // [N, D] to [N, D, features], and the running means after it, each [N, D].
    private (Tensor Seen, Tensor[] Moments) Seen(Tensor gradient, Tensor memory, int step)
    {
        if (settings.Input == OptimiserInput.Logarithm) return (Preprocessed(gradient), []);
        Tensor mean = RunningMean.Next(memory.select(2, StateSize), gradient, Decay);
        Tensor square = RunningMean.Next(memory.select(2, StateSize + 1), gradient.Square(), Decay);
        // Both means start at zero.
        TorchSharp.Scalar weight = Number(1 - Math.Pow(Decay, step + 1));
        Tensor deviation = (square / weight).Plus(SmallestSquare).sqrt();
        Tensor share = full_like(gradient, Number((double)step / settings.Steps));
        return (stack([mean / weight / deviation, gradient / deviation, share], dim: 2), [mean, square]);
    }

    // log |g| / p and the sign of g; for small gradients -1 and e^p g. [N, D] to [N, D, 2]
    internal Tensor Preprocessed(Tensor gradient)
    {
        double p = settings.LogarithmRange;
        Tensor size = gradient.abs().clamp_min(Number(Math.Exp(-p))).log() / Number(p);
        return stack([size, (gradient * Number(Math.Exp(p))).clamp(Number(-1), Number(1))], dim: 2);
    }

    private static string BiasOf(int layer) => FormattableString.Invariant($"lstm{layer}.bias");

    private static IEnumerable<(string Name, int[] Shape)> Blocks(OptimiserSettings settings)
    {
        int units = settings.Units, below = settings.Input == OptimiserInput.Moments ? 3 : 2;
        for (int layer = 0; layer < Layers; layer++, below = units)
        {
            yield return (FormattableString.Invariant($"lstm{layer}.weight"), [below + units, Lstm.Gates * units]);
            yield return (BiasOf(layer), [Lstm.Gates * units]);
        }
        yield return ("output.weight", [units, OutputsOf(settings)]);
        yield return ("output.bias", [OutputsOf(settings)]);
    }

    // The step, and with a nominal step the logarithm of its factor.
    private static int OutputsOf(OptimiserSettings settings) => settings.NominalRate > 0 ? 2 : 1;

    private sealed record Rule(OptimiserNetwork Network, Tensor[] Blocks) : IStepRule
    {
        public IReadOnlyList<Tensor> Start(Tensor points) =>
            [zeros([points.shape[0], points.shape[1], Network.MemorySize], points.dtype, points.device)];

        public (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step)
        {
            using IDisposable withoutGraph = no_grad();
            (Tensor next, Tensor memory) = Network.Step(Blocks, points, state[0], gradient, step);
            return (next, [memory]);
        }
    }
}
