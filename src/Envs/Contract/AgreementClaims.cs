namespace MamlRobotics.Envs;

/// <summary>
/// A simulator agrees with the double reference: its result lies among those that the reference gives for inputs that
/// differ by rounding, widened by rounding. So flags are free where the reference itself is at their threshold, and
/// trajectories only have to agree as far as the system is not chaotic.
/// </summary>
internal sealed class AgreementClaims(TaskFamily family, TaskBatch tasks, int trajectories, SubjectFactory create)
{
    private const int Neighbours = 12, LongSteps = 25;

    // Inputs are moved by a hundred roundings of single precision; results may differ by some hundred more.
    private const double Nudge = 1e-5, OneStep = 3e-5, Growth = 10;

    private readonly RandomStream seed = RandomStream.FromSeed(12);
    private readonly int count = tasks.Count * trajectories;

    public void Check()
    {
        ScalarSubject walk = Reference();
        walk.Reset(seed);
        for (int t = 0; t < 40; t++)
        {
            Compare(Single(walk.States), steps: 1, start: t);
            walk.Step(ContractActions.Draw(family.Spec, seed, count, t, scale: 1));
        }
        walk.Reset(seed.Stream("long"));
        Compare(Single(walk.States), LongSteps, start: 0);
    }

    /// <summary>Plays some steps from given states on the simulator and on the reference and its neighbours.</summary>
    private void Compare(double[][] states, int steps, int start)
    {
        var envelope = new Envelope(count);
        for (int neighbour = 0; neighbour <= Neighbours; neighbour++)
            envelope.Add(Play(Reference(), Nudged(states, neighbour), steps, start));
        double[][] played = Play(create(family, tasks, trajectories, autoReset: false), states, steps, start);
        for (int e = 0; e < count; e++)
        {
            for (int i = 0; i < played[e].Length; i++)
            {
                double spread = envelope.High[e][i] - envelope.Low[e][i];
                double slack = OneStep * (1 + Math.Abs(played[e][i])) + Growth * spread;
                // Where neighbours part, one rounding decides, and anything between is right.
                bool isInside = played[e][i] >= envelope.Low[e][i] - slack && played[e][i] <= envelope.High[e][i] + slack;
                ContractException.Unless(isInside, family,
                    $"{steps} steps agree with the double reference (environment {e}, number {i}: {played[e][i]} is not in {envelope.Low[e][i]} to {envelope.High[e][i]})");
            }
        }
    }

    private double[][] Play(IContractSubject subject, double[][] states, int steps, int start)
    {
        subject.Reset(seed);
        subject.SetStates(states);
        for (int t = 0; t < steps; t++) subject.Step(ContractActions.Draw(family.Spec, seed, count, start + t, scale: 1));
        (double[][] after, double[][] observations) = (subject.States, subject.Observations);
        return
        [
            .. Enumerable.Range(0, count).Select(e =>
                (double[])[.. after[e], .. observations[e], subject.Rewards[e], subject.Terminated[e] ? 1 : 0]),
        ];
    }

    private double[][] Nudged(double[][] states, int neighbour)
    {
        if (neighbour == 0) return states;
        RandomStream stream = seed.Stream("nudge", neighbour);
        return
        [
            .. states.Select((state, e) => state.Select((value, i) =>
                value + Nudge * (1 + Math.Abs(value)) * (2 * stream.Uniform(e * state.Length + i) - 1)).ToArray()),
        ];
    }

    private ScalarSubject Reference() => new(family, tasks, trajectories, autoReset: false);

    private static double[][] Single(double[][] states) => [.. states.Select(state => state.Select(value => (double)(float)value).ToArray())];

    private sealed class Envelope(int count)
    {
        public double[][] Low { get; } = new double[count][];
        public double[][] High { get; } = new double[count][];

        public void Add(double[][] values)
        {
            for (int e = 0; e < values.Length; e++)
            {
                Low[e] = [.. values[e].Select((value, i) => Low[e] is null ? value : Math.Min(Low[e][i], value))];
                High[e] = [.. values[e].Select((value, i) => High[e] is null ? value : Math.Max(High[e][i], value))];
            }
        }
    }
}
