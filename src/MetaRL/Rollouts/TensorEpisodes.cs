using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>B episodes of N tasks in tensors, with T steps each; steps after the end of an episode are not live.</summary>
/// <param name="Observations">[N, B, T, obs]</param>
/// <param name="Actions">[N, B, T, act], in policy units</param>
/// <param name="Means">[N, B, T, act], the means of the distributions from which the actions were drawn</param>
/// <param name="LogStd">
/// The log standard deviations of these distributions: [N, B, T, act], or [N, 1, act] where they are the same at all steps
/// </param>
/// <param name="Rewards">[N, B, T], zero where not live</param>
/// <param name="Live">[N, B, T] of booleans</param>
internal sealed record TensorEpisodes(Tensor Observations, Tensor Actions, Tensor Means, Tensor LogStd, Tensor Rewards, Tensor Live)
    : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => [Observations, Actions, Means, LogStd, Rewards, Live];

    /// <summary>
    /// Samples the episodes without reading a number back from the device. It therefore always takes T steps, even if all episodes
    /// have ended before.
    /// </summary>
    /// <param name="simulator">A simulator after a reset</param>
    /// <param name="noise">[T, N, B, act], standard normal</param>
    /// <param name="past">What the policies remember before the first step</param>
    /// <param name="afterStep">Called before the first step and after each step</param>
    /// <returns>The episodes, and what the policies remember after the last step</returns>
    public static (TensorEpisodes Episodes, Past After) Sample(
        TensorSimulator simulator, GaussianPolicy policy, Tensor parameters, Tensor noise, CollectorOptions options, Past past,
        Action afterStep)
    {
        var steps = new List<Step>();
        afterStep();
        foreach (Tensor draws in noise.unbind())
        {
            steps.Add(TensorScope.Run(() => Step.Take(simulator, policy, parameters, draws, options, past)));
            past = steps[^1].After;
            afterStep();
        }
        Tensor OverTime(Func<Step, Tensor> part) => stack(steps.Select(part), dim: 2);
        var episodes = new TensorEpisodes(
            OverTime(step => step.Observation),
            OverTime(step => step.Action),
            OverTime(step => step.Policy.Mean),
            policy.HasStateDependentStd ? OverTime(step => step.Policy.LogStd) : steps[0].Policy.LogStd,
            OverTime(step => step.Reward),
            OverTime(step => step.Live));
        return (episodes, past);
    }

    /// <summary>
    /// The samples of trials, in each of which episodes follow each other as if they were one long episode, so that what an episode
    /// teaches counts in those after it.
    /// </summary>
    /// <param name="episodes">The first episodes of all trials, then the second ones, and so on</param>
    /// <param name="samples">M, the number of samples of the task that has the most</param>
    public static SampleBatch JoinedSamples(IReadOnlyList<TensorEpisodes> episodes, long samples, CollectorOptions options)
    {
        using IDisposable withoutGraph = no_grad();
        return TensorScope.Run(() =>
        {
            Tensor InTurn(Func<TensorEpisodes, Tensor> part) => cat([.. episodes.Select(part)], dim: 2);
            var trials = new TensorEpisodes(
                InTurn(part => part.Observations), InTurn(part => part.Actions), InTurn(part => part.Means),
                episodes[0].LogStd.dim() == 4 ? InTurn(part => part.LogStd) : episodes[0].LogStd,
                InTurn(part => part.Rewards), InTurn(part => part.Live));
            return trials.Pack(trials.Estimate(options).Advantages, samples);
        });
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
        var sampler = new DiagonalGaussian(Packed(Means), LogStd.dim() == 4 ? Packed(LogStd) : LogStd);
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
    /// <param name="After">What the policies remember after the step</param>
    private sealed record Step(Tensor Observation, Tensor Action, DiagonalGaussian Policy, Tensor Reward, Tensor Live, Past After)
        : ITensorHolder
    {
        public IEnumerable<Tensor> Tensors => [Observation, Action, Policy.Mean, Policy.LogStd, Reward, Live, .. After.Tensors];

        public static Step Take(
            TensorSimulator simulator, GaussianPolicy policy, Tensor parameters, Tensor noise, CollectorOptions options, Past past)
        {
            long tasks = noise.shape[0], trajectories = noise.shape[1];
            Tensor observation = simulator.Observations.t().contiguous().view(tasks, trajectories, -1);
            Tensor live = simulator.Live.clone().view(tasks, trajectories);
            if (options.JoinsEpisodes) observation = past.Seen(observation);
            (DiagonalGaussian distribution, Tensor memory) = policy.Step(parameters, observation, past.Memory);
            Tensor action = distribution.Sample(noise);
            simulator.Step((action * Number(options.ActionUnit)).flatten(0, 1).t());
            Tensor reward = simulator.Rewards.clone().view(tasks, trajectories);
            Past after = options.JoinsEpisodes || policy.MemorySize > 0 ? past.After(memory, action, reward, live) : past;
            return new(observation, action, distribution, reward, live, after);
        }
    }
}
