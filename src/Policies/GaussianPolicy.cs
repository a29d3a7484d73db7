using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>
/// A Gaussian policy as a function of (parameters, observations); it holds no parameters. A network gives features of the
/// observations, from which a linear layer computes the mean. The standard deviation of each action coordinate is a parameter; if it
/// depends on the state, a linear function of the features is added to its logarithm.
/// </summary>
public abstract class GaussianPolicy
{
    /// <summary>The block of the logarithm of the standard deviation.</summary>
    public const string LogStdBlock = "log_std";

    private const string LogStdWeight = LogStdBlock + ".weight";

    /// <param name="features">The blocks of the network that computes the features</param>
    /// <param name="featureCount">The number of features</param>
    /// <param name="minStd">The floor of the standard deviation, in policy units</param>
    /// <param name="further">Blocks that come after those of the policy</param>
    protected GaussianPolicy(
        IEnumerable<(string Name, int[] Shape)> features, int featureCount, int actionSize, double minStd, bool stateDependentStd,
        IEnumerable<(string Name, int[] Shape)>? further = null)
    {
        ActionSize = actionSize;
        MinStd = minStd;
        HasStateDependentStd = stateDependentStd;
        (string, int[])[] body = [.. features];
        featureBlocks = body.Length;
        Layout = new ParameterLayout([.. body, .. Head(featureCount, actionSize, stateDependentStd), .. further ?? []]);
    }

    private readonly int featureBlocks;

    public int ActionSize { get; }

    /// <summary>The floor of the standard deviation, in policy units.</summary>
    public double MinStd { get; }

    /// <summary>Whether the standard deviation depends on the observation.</summary>
    public bool HasStateDependentStd { get; }

    public ParameterLayout Layout { get; }

    /// <summary>The number of units of the widest layer.</summary>
    public abstract int WidestLayer { get; }

    /// <summary>The number of units of all layers except the input.</summary>
    public abstract int Units { get; }

    /// <summary>C, the number of context parameters.</summary>
    public virtual int ContextSize => 0;

    /// <summary>H, the number of units of the memory that goes from one time step to the next; zero for a policy without one.</summary>
    public virtual int MemorySize => 0;

    /// <summary>The action distribution of every task at its samples.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="observations">[N, M, obs]</param>
    /// <param name="timeSteps">
    /// [N, M], the time step of each sample, counted from 0 at the start of each sequence, and -1 for padding; only a policy with a
    /// memory needs it. The samples of a sequence follow each other.
    /// </param>
    public DiagonalGaussian Distribution(Tensor parameters, Tensor observations, Tensor? timeSteps = null)
    {
        Tensor[] blocks = Layout.Split(parameters);
        return Distribution(blocks, Features(blocks, observations, timeSteps));
    }

    /// <summary>The action distribution of every task at one time step of its sequences, and the memory after it.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="observations">[N, B, obs], one of each sequence</param>
    /// <param name="memory">[N, B, H]</param>
    public (DiagonalGaussian Policy, Tensor Memory) Step(Tensor parameters, Tensor observations, Tensor memory)
    {
        Tensor[] blocks = Layout.Split(parameters);
        Tensor after = MemorySize == 0 ? memory : NextMemory(blocks, observations, memory);
        return (Distribution(blocks, MemorySize == 0 ? Features(blocks, observations, null) : after), after);
    }

    /// <summary>
    /// Draws initial parameters [P]: weights are uniform with the variance of Glorot and Bengio 2010, as in rllab, and biases
    /// are zero.
    /// </summary>
    public float[] Initialise(RandomStream stream, double initialStd)
    {
        float[] parameters = Layout.Initialise(stream);
        ParameterBlock logStd = Layout.Block(LogStdBlock);
        parameters.AsSpan(logStd.Offset, logStd.Length).Fill((float)Math.Log(initialStd));
        // The policy starts with the same standard deviation everywhere.
        if (HasStateDependentStd) Layout.Block(LogStdWeight).Of(parameters).Clear();
        return parameters;
    }

    /// <summary>Computes the features of samples.</summary>
    /// <param name="blocks">All blocks of the layout, for N tasks</param>
    /// <param name="observations">[N, M, obs]</param>
    /// <param name="timeSteps">[N, M], as in <see cref="Distribution(Tensor, Tensor, Tensor?)"/></param>
    /// <returns>[N, M, features]</returns>
    protected abstract Tensor Features(Tensor[] blocks, Tensor observations, Tensor? timeSteps);

    /// <summary>The memory after one time step, which is the features too.</summary>
    /// <param name="observations">[N, B, obs]</param>
    /// <param name="memory">[N, B, H]</param>
    protected virtual Tensor NextMemory(Tensor[] blocks, Tensor observations, Tensor memory) =>
        throw new NotSupportedException("This policy has no memory.");

    private DiagonalGaussian Distribution(Tensor[] blocks, Tensor features)
    {
        Tensor mean = Mlp.Linear(features, blocks[featureBlocks], blocks[featureBlocks + 1]);
        Tensor own = blocks[featureBlocks + 2];
        double floor = Math.Log(MinStd);
        return new DiagonalGaussian(mean, HasStateDependentStd
            ? Mlp.Linear(features, blocks[featureBlocks + 3], own).clamp_min(Number(floor))
            : own.clamp_min(Number(floor)).unsqueeze(1));
    }

    private static IEnumerable<(string Name, int[] Shape)> Head(int features, int actions, bool stateDependentStd)
    {
        (string, int[])[] blocks = [("mean.weight", [features, actions]), ("mean.bias", [actions]), (LogStdBlock, [actions])];
        return stateDependentStd ? [.. blocks, (LogStdWeight, [features, actions])] : blocks;
    }
}
