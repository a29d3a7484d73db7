namespace MamlRobotics.MetaLearning;

/// <summary>Which inner step sizes are meta-learned.</summary>
public enum LearnedStepSizes
{
    /// <summary>None: the rates of the configuration are used. MAML, Finn et al. 2017.</summary>
    None,

    /// <summary>One per parameter, shared by all inner steps. Meta-SGD, Li et al. 2017, arXiv 1707.09835.</summary>
    PerParameter,

    /// <summary>One per parameter and inner step. After MAML++, Antoniou et al. 2019, arXiv 1810.09502, section 4.</summary>
    PerStep,
}

/// <summary>
/// The step size alpha of each inner step: given, or learned as a block of the meta-parameters. Inner steps after the last known
/// step size use that one.
/// </summary>
/// <param name="ParameterCount">P</param>
/// <param name="InitialRates">alpha of each inner step; where step sizes are learned, their initial values</param>
/// <param name="InnerSteps">K, the number of inner steps that step sizes are learned for</param>
public sealed record StepSizes(int ParameterCount, IReadOnlyList<double> InitialRates, LearnedStepSizes Learned, int InnerSteps)
{
    public const string BlockName = "step_sizes";

    /// <summary>The number of learned vectors of step sizes, each [P].</summary>
    public int LearnedVectors => Learned switch
    {
        LearnedStepSizes.PerParameter => 1,
        LearnedStepSizes.PerStep => InnerSteps,
        _ => 0,
    };

    /// <summary>The block of the meta-parameters that holds the step sizes, if they are learned.</summary>
    public IEnumerable<MetaBlock> Blocks =>
        LearnedVectors == 0 ? [] : [new MetaBlock(BlockName, [LearnedVectors, ParameterCount], Start)];

    /// <summary>The step sizes of inner step <paramref name="step"/>, counted from 0. [Q] to [P], or [1] where not learned</summary>
    public Tensor Of(MetaLayout layout, Tensor meta, int step) => LearnedVectors == 0
        ? full(1, Number(RateOf(step)), meta.dtype, meta.device)
        : layout.Block(meta, BlockName)[Math.Min(step, LearnedVectors - 1)];

    private float[] Start()
    {
        var start = new float[LearnedVectors * ParameterCount];
        for (int vector = 0; vector < LearnedVectors; vector++)
            start.AsSpan(vector * ParameterCount, ParameterCount).Fill((float)RateOf(vector));
        return start;
    }

    private double RateOf(int step) => InitialRates[Math.Min(step, InitialRates.Count - 1)];
}
