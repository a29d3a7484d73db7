namespace MamlRobotics.MetaRL;

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
/// The meta-parameters as one flat tensor [Q]: the initial policy parameters theta [P], then the learned step
/// sizes, if any. Inner steps beyond the last known rate use the last one.
/// </summary>
/// <param name="ParameterCount">P</param>
/// <param name="InitialRates">alpha of each inner step</param>
/// <param name="InnerSteps">K, the inner steps that step sizes are learned for</param>
public sealed record MetaLayout(
    int ParameterCount, IReadOnlyList<double> InitialRates, LearnedStepSizes Learned, int InnerSteps)
{
    /// <summary>Learned step size vectors, each [P].</summary>
    public int LearnedVectors => Learned switch
    {
        LearnedStepSizes.PerParameter => 1,
        LearnedStepSizes.PerStep => InnerSteps,
        _ => 0,
    };

    /// <summary>Q.</summary>
    public int Count => ParameterCount * (1 + LearnedVectors);

    /// <summary>The initial parameters, the same for every task. [Q] to [N, P]</summary>
    public Tensor Initial(Tensor meta, long tasks) => meta.narrow(0, 0, ParameterCount).unsqueeze(0).expand(tasks, ParameterCount);

    /// <summary>Step sizes of inner step <paramref name="step"/>, counted from 0. [Q] to [P], or [1] where not learned</summary>
    public Tensor StepSize(Tensor meta, int step)
    {
        if (LearnedVectors == 0) return full(1, Number(RateOf(step)), meta.dtype, meta.device);
        int vector = Math.Min(step, LearnedVectors - 1);
        return meta.narrow(0, (long)ParameterCount * (1 + vector), ParameterCount);
    }

    /// <summary>The flat start of meta-training, [Q], from the initial parameters [P].</summary>
    public float[] Start(ReadOnlySpan<float> theta)
    {
        var start = new float[Count];
        theta.CopyTo(start);
        for (int vector = 0; vector < LearnedVectors; vector++)
            start.AsSpan(ParameterCount * (1 + vector), ParameterCount).Fill((float)RateOf(vector));
        return start;
    }

    private double RateOf(int step) => InitialRates[Math.Min(step, InitialRates.Count - 1)];
}
