namespace MamlRobotics.Envs;

/// <summary>
/// What every family must keep on every number type. A claim that fails throws <see cref="ContractException"/>.
/// One call of <see cref="Check(TaskFamily)"/> checks a new family.
/// </summary>
public sealed class EnvironmentContract
{
    // More trajectories than a SIMD register has lanes.
    private const int TaskCount = 3, Trajectories = 18;

    private readonly TaskFamily family;
    private readonly SubjectFactory create;
    private readonly TaskBatch tasks;
    private readonly RandomStream seed = RandomStream.FromSeed(11);

    private EnvironmentContract(TaskFamily family, SubjectFactory create)
    {
        this.family = family;
        this.create = create;
        tasks = family.Tasks.Sample(seed.Stream("tasks"), TaskCount);
    }

    private int Count => TaskCount * Trajectories;

    /// <summary>Checks every claim for a family on one kind of simulator.</summary>
    /// <exception cref="ContractException">A claim does not hold.</exception>
    public static void Check(TaskFamily family, SubjectFactory create)
    {
        var contract = new EnvironmentContract(family, create);
        SpecificationClaims.Check(family);
        contract.EpisodesDependOnlyOnTheSeed();
        contract.ExtremeActionsStayFiniteAndInBounds();
        contract.EpisodesEndByStateOrByTimeAndRestart();
        new AgreementClaims(family, tasks: contract.tasks, Trajectories, create).Check();
    }

    /// <summary>Checks every claim for a family on the simulators of this library: the double reference and the SIMD lanes.</summary>
    public static void Check(TaskFamily family)
    {
        Check(family, (of, tasks, count, autoReset) => new ScalarSubject(of, tasks, count, autoReset));
        Check(family, (of, tasks, count, autoReset) => new LaneSubject(of, tasks, count, autoReset));
    }

    private void EpisodesDependOnlyOnTheSeed()
    {
        (double[][] first, double[][] second) = (Run(7), Run(7));
        for (int e = 0; e < Count; e++)
            ContractException.Unless(first[e].SequenceEqual(second[e]), family, "the same seed gives the same episode");
        if (family.Spec.ResetDraws == 0) return;
        double[][] other = Run(8);
        ContractException.Unless(
            Enumerable.Range(0, Count).Any(e => !first[e].SequenceEqual(other[e])), family, "another seed gives another start");
    }

    private double[][] Run(long startSeed)
    {
        IContractSubject subject = create(family, tasks, Trajectories, autoReset: true);
        subject.Reset(RandomStream.FromSeed(startSeed));
        for (int t = 0; t < 30; t++) subject.Step(Actions(t, scale: 1));
        return [.. subject.Observations.Zip(subject.Rewards, (observation, reward) => (double[])[.. observation, reward])];
    }

    private void ExtremeActionsStayFiniteAndInBounds()
    {
        IContractSubject subject = create(family, tasks, Trajectories, autoReset: true);
        subject.Reset(seed);
        int steps = Math.Min(2 * family.Spec.Horizon, 300);
        for (int t = 0; t < steps; t++)
        {
            subject.Step(Actions(t, scale: 1e6));
            ContractException.Unless(subject.Rewards.All(double.IsFinite), family, "rewards are finite");
            foreach (double[] observation in subject.Observations) RequireWithin(observation, family.Spec.Observation);
            foreach (double[] state in subject.States) RequireWithin(state, family.Spec.State);
            if (t > 20) t += 10;
        }
    }

    private void EpisodesEndByStateOrByTimeAndRestart()
    {
        IContractSubject staying = create(family, tasks, Trajectories, autoReset: false);
        IContractSubject restarting = create(family, tasks, Trajectories, autoReset: true);
        staying.Reset(seed);
        restarting.Reset(seed);
        double[][] first = staying.Observations;
        var hasEnded = new bool[Count];
        for (int t = 0; t < family.Spec.Horizon; t++)
        {
            ContractException.Unless(!staying.Truncated.Contains(true), family, "no episode is truncated before the horizon");
            double[][] actions = Actions(t, scale: 1);
            staying.Step(actions);
            restarting.Step(actions);
            CompareRestart(staying.Observations, restarting, first, hasEnded);
        }
        ContractException.Unless(hasEnded.All(ended => ended), family, "every episode ends within the horizon");
        EndedEpisodesStayWhereTheyAre(staying);
    }

    private void EndedEpisodesStayWhereTheyAre(IContractSubject ended)
    {
        ContractException.Unless(
            ended.Terminated.Zip(ended.Truncated).All(flags => flags.First != flags.Second), family,
            "an episode ends by state or by time, not by both");
        double[][] last = ended.Observations;
        ended.Step(Actions(0, scale: 1));
        ContractException.Unless(ended.Rewards.All(reward => reward == 0), family, "an ended episode earns nothing");
        ContractException.Unless(
            ended.Observations.Zip(last).All(pair => pair.First.SequenceEqual(pair.Second)), family, "an ended episode stays where it is");
    }

    /// <param name="stayed">Observations without automatic resets</param>
    /// <param name="first">The first observations of the episodes</param>
    /// <param name="hasEnded">Which episodes had ended before this step; updated</param>
    private void CompareRestart(double[][] stayed, IContractSubject restarting, double[][] first, bool[] hasEnded)
    {
        (double[][] final, double[][] now) = (restarting.FinalObservations, restarting.Observations);
        (bool[] terminated, bool[] truncated) = (restarting.Terminated, restarting.Truncated);
        for (int e = 0; e < Count; e++)
        {
            if (hasEnded[e]) continue;
            ContractException.Unless(
                final[e].SequenceEqual(stayed[e]), family, "the final observation is the one that the episode ended with");
            hasEnded[e] = terminated[e] || truncated[e];
            if (hasEnded[e] && family.Spec.ResetDraws == 0)
                ContractException.Unless(now[e].SequenceEqual(first[e]), family, "an ended episode starts again");
        }
    }

    private void RequireWithin(double[] values, IReadOnlyList<Coordinate> coordinates)
    {
        for (int i = 0; i < values.Length; i++)
        {
            (double value, Coordinate coordinate) = (values[i], coordinates[i]);
            double slack = 1e-5 * (1 + Math.Abs(value));
            bool isInside = double.IsFinite(value) && value >= coordinate.Low - slack && value <= coordinate.High + slack;
            ContractException.Unless(isInside, family, $"{coordinate.Name} is finite and within its bounds, not {value}");
        }
    }

    private double[][] Actions(int t, double scale) => ContractActions.Draw(family.Spec, seed, Count, t, scale);
}
