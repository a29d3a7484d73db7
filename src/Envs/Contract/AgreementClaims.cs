namespace MamlRobotics.Envs;

/// <summary>
/// The claim that a simulator agrees with the double-precision reference. The reference also runs from starts that differ by rounding
/// errors, and the simulator's result must lie in the range of those results, widened by rounding errors. So a flag may differ where the
/// reference is at its threshold, and trajectories need not agree where the system is chaotic.
/// </summary>
internal sealed class AgreementClaims(TaskFamily family, TaskBatch tasks, int trajectories, SubjectFactory create)
{
    private const int PerturbedRuns = 12, LongSteps = 25;

    // Starts are moved by about a hundred rounding errors of single precision, and results may differ by a few hundred more.
    private const double Perturbation = 1e-5, Tolerance = 3e-5, SpreadFactor = 10;

    private readonly RandomStream seed = RandomStream.FromSeed(12);
    private readonly int count = tasks.Count * trajectories;

    public void Check()
    {
        ScalarSubject reference = CreateReference();
        reference.Reset(seed);
        for (int t = 0; t < 40; t++)
        {
            Compare(InSinglePrecision(reference.States), steps: 1, start: t);
            reference.Step(ContractActions.Draw(family.Spec, seed, count, t, scale: 1));
        }
        reference.Reset(seed.Stream("long"));
        Compare(InSinglePrecision(reference.States), LongSteps, start: 0);
    }

    /// <summary>Plays some steps from given states, on the simulator and on the reference, and compares the results.</summary>
    private void Compare(double[][] states, int steps, int start)
    {
        var range = new ResultRange(count);
        for (int run = 0; run <= PerturbedRuns; run++) range.Include(Play(CreateReference(), Perturbed(states, run), steps, start));
        double[][] played = Play(create(family, tasks, trajectories, autoReset: false), states, steps, start);
        for (int e = 0; e < count; e++)
            for (int i = 0; i < played[e].Length; i++) Compare(played[e][i], range.Low[e][i], range.High[e][i], steps, e, i);
    }

    private void Compare(double played, double low, double high, int steps, int environment, int index)
    {
        // Where the reference's own results spread, one rounding error decides, and anything between them is right.
        double slack = Tolerance * (1 + Math.Abs(played)) + SpreadFactor * (high - low);
        ContractException.Unless(
            played >= low - slack && played <= high + slack, family,
            $"{steps} steps agree with the double reference "
            + $"(environment {environment}, number {index}: {played} is not in {low} to {high})");
    }

    private double[][] Play(IContractSubject subject, double[][] states, int steps, int start)
    {
        subject.Reset(seed);
        subject.SetStates(states);
        for (int t = 0; t < steps; t++) subject.Step(ContractActions.Draw(family.Spec, seed, count, start + t, scale: 1));
        (double[][] after, double[][] observations) = (subject.States, subject.Observations);
        (double[] rewards, bool[] terminated) = (subject.Rewards, subject.Terminated);
        return [.. Enumerable.Range(0, count).Select(e => (double[])[.. after[e], .. observations[e], rewards[e], terminated[e] ? 1 : 0])];
    }

    /// <summary>The states themselves in run 0, and states that differ by rounding errors in the others.</summary>
    private double[][] Perturbed(double[][] states, int run)
    {
        if (run == 0) return states;
        RandomStream stream = seed.Stream("nudge", run);
        return
        [
            .. states.Select((state, e) => state.Select((value, i) =>
                value + Perturbation * (1 + Math.Abs(value)) * (2 * stream.Uniform(e * state.Length + i) - 1)).ToArray()),
        ];
    }

    private ScalarSubject CreateReference() => new(family, tasks, trajectories, autoReset: false);

    private static double[][] InSinglePrecision(double[][] states) =>
        [.. states.Select(state => state.Select(value => (double)(float)value).ToArray())];

    /// <summary>The smallest and the largest of each number in several results.</summary>
    private sealed class ResultRange(int count)
    {
        public double[][] Low { get; } = new double[count][];
        public double[][] High { get; } = new double[count][];

        public void Include(double[][] values)
        {
            for (int e = 0; e < values.Length; e++)
            {
                Low[e] = [.. values[e].Select((value, i) => Low[e] is null ? value : Math.Min(Low[e][i], value))];
                High[e] = [.. values[e].Select((value, i) => High[e] is null ? value : Math.Max(High[e][i], value))];
            }
        }
    }
}
