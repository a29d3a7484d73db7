using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>B episodes of N tasks in tensors, with T steps each; steps after the end of an episode are not live.</summary>
/// <param name="Observations">[N, B, T, obs]</param>
/// <param name="Actions">[N, B, T, act], in policy units</param>
/// <param name="Means">[N, B, T, act], the means of the distributions from which the actions were drawn</param>
/// <param name="LogStd">[N, 1, act], the log standard deviations of these distributions</param>
/// <param name="Rewards">[N, B, T], zero where not live</param>
/// <param name="Live">[N, B, T] of booleans</param>
internal sealed record TensorEpisodes(Tensor Observations, Tensor Actions, Tensor Means, Tensor LogStd, Tensor Rewards, Tensor Live)
{
    /// <summary>
    /// Samples the episodes without reading a number back from the device. It therefore always takes T steps, even if all episodes
    /// have ended before.
    /// </summary>
    /// <param name="simulator">A simulator after a reset</param>
    /// <param name="noise">[T, N, B, act], standard normal</param>
    /// <param name="afterStep">Called before the first step and after each step</param>
    public static TensorEpisodes Sample(
        TensorSimulator simulator, GaussianMlp policy, Tensor parameters, Tensor noise, double actionUnit, Action afterStep)
    {
        var steps = new List<Step>();
        afterStep();
        foreach (Tensor draws in noise.unbind())
        {
            steps.Add(TensorScope.Run(() => Step.Take(simulator, policy, parameters, draws, actionUnit)));
            afterStep();
        }
        Tensor OverTime(Func<Step, Tensor> part) => stack(steps.Select(part), dim: 2);
        return new TensorEpisodes(
            OverTime(step => step.Observation),
            OverTime(step => step.Action),
            OverTime(step => step.Policy.Mean),
            steps[0].Policy.LogStd,
            OverTime(step => step.Reward),
            OverTime(step => step.Live));
    }

    /// <summary>The number of steps of each episode. [N, B]</summary>
    public Tensor Lengths => Live.sum([2]);

    /// <summary>The undiscounted returns, in double precision. [N, B]</summary>
    public Tensor Returns => Rewards.sum([2], type: float64);

    /// <summary>
    /// The first time steps at which observations, actions and rewards are not finite; T where all of them are finite. These are
    /// three tensors [N, B], in double precision.
    /// </summary>
    public Tensor[] Faults => [FirstFault(Observations), FirstFault(Actions), FirstFault(Rewards.unsqueeze(3))];

    /// <summary>Fits the baseline to the episodes of each task and estimates their advantages, in double precision.</summary>
    /// <returns>The advantages [N, B, T], zero where not live, and the explained variance of the baseline [N]</returns>
    public (Tensor Advantages, Tensor ExplainedVariance) Estimate(CollectorOptions options)
    {
        long tasks = Live.shape[0];
        Tensor live = Live.to(float64), rewards = Rewards.to(float64);
        Tensor features = (LinearFeatureBaseline.Features(Observations) * live.unsqueeze(3)).flatten(1, 2);
        Tensor returns = GeneralizedAdvantage.Returns(rewards, options.Discount) * live;
        Tensor values = features.bmm(LinearFeatureBaseline.Fit(features, returns.view(tasks, -1))).view(live.shape);
        Tensor advantages = GeneralizedAdvantage.Estimate(rewards, values, options.Discount, options.GaeLambda) * live;
        if (options.NormaliseAdvantages) advantages = GeneralizedAdvantage.Normalise(advantages, live);
        return (advantages, LinearFeatureBaseline.ExplainedVariance(returns, values, live));
    }

    /// <summary>Packs the live steps task by task, in the order of the episodes.</summary>
    /// <param name="samples">M, the number of samples of the task that has the most</param>
    public SampleBatch Pack(Tensor advantages, long samples)
    {
        long horizon = Live.shape[2];
        Tensor live = Live.flatten(1, 2), place = Indices(live.shape[1], int64, live.device);
        // This order puts live steps before all others and keeps their order otherwise.
        Tensor order = where(live, place, place.Plus(live.shape[1])).argsort(1).narrow(1, 0, samples);
        Tensor isSample = live.gather(1, order);
        Tensor Packed(Tensor steps)
        {
            Tensor index = order.unsqueeze(2).expand(-1, -1, steps.shape[3]);
            return where(isSample.unsqueeze(2), steps.flatten(1, 2).gather(1, index), zeros(1, steps.dtype, steps.device));
        }
        Tensor PackedOf(Tensor numbers) => Packed(numbers.unsqueeze(3)).squeeze(2);
        Tensor taken = Packed(Actions), timeSteps = order.remainder(Number(horizon)).to(float32) * isSample.to(float32);
        Tensor weights = isSample.to(float32) / Lengths.sum([1], keepdim: true);
        var sampler = new DiagonalGaussian(Packed(Means), LogStd);
        return new SampleBatch(
            Packed(Observations), taken, PackedOf(advantages.to(float32)), weights, sampler, sampler.LogDensity(taken),
            PackedOf(Rewards), timeSteps)
        {
            EpisodeCount = (int)Live.shape[1],
        };
    }

    private Tensor FirstFault(Tensor numbers)
    {
        long horizon = Live.shape[2];
        Tensor time = Indices(horizon, float64, Live.device), isFault = isfinite(numbers).logical_not().any(3).logical_and(Live);
        return where(isFault, time, full_like(time, Number(horizon))).amin([2]);
    }

    /// <summary>One step of every episode.</summary>
    /// <param name="Observation">[N, B, obs], before the step</param>
    /// <param name="Action">[N, B, act]</param>
    /// <param name="Reward">[N, B]</param>
    /// <param name="Live">[N, B], before the step</param>
    private sealed record Step(Tensor Observation, Tensor Action, DiagonalGaussian Policy, Tensor Reward, Tensor Live) : ITensorHolder
    {
        public IEnumerable<Tensor> Tensors => [Observation, Action, Policy.Mean, Policy.LogStd, Reward, Live];

        public static Step Take(TensorSimulator simulator, GaussianMlp policy, Tensor parameters, Tensor noise, double actionUnit)
        {
            long tasks = noise.shape[0], trajectories = noise.shape[1];
            Tensor observation = simulator.Observations.t().contiguous().view(tasks, trajectories, -1);
            Tensor live = simulator.Live.clone().view(tasks, trajectories);
            DiagonalGaussian distribution = policy.Distribution(parameters, observation);
            Tensor action = distribution.Sample(noise);
            simulator.Step((action * Number(actionUnit)).flatten(0, 1).t());
            return new(observation, action, distribution, simulator.Rewards.clone().view(tasks, trajectories), live);
        }
    }
}
