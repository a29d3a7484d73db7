using System.Diagnostics;

namespace MamlRobotics.Envs;

/// <summary>Speed of the reference: one environment after the other in double precision, by the public step, on one thread.</summary>
/// <param name="StepsPerSecond">Step and observation, with resets; the fastest of some repetitions</param>
/// <param name="Checksum">Sum of rewards and observations, so that no output goes unused</param>
public sealed record ScalarSpeed(string Family, double StepsPerSecond, double Checksum)
{
    private const int Repetitions = 5;

    /// <param name="seconds">Time to measure for, about.</param>
    public static ScalarSpeed Measure(TaskFamily family, double seconds)
    {
        ArgumentNullException.ThrowIfNull(family);
        var episode = new Episode(family);
        long steps = 1024;
        double elapsed = 0, best = double.PositiveInfinity;
        while (elapsed < seconds / Repetitions / 2) elapsed = episode.Time(steps *= 2);
        for (int repetition = 0; repetition < Repetitions; repetition++) best = Math.Min(best, episode.Time(steps));
        return new ScalarSpeed(family.Name, steps / best, episode.Checksum);
    }

    private sealed class Episode(TaskFamily family)
    {
        private readonly Scalar[] task = [.. family.Tasks.Sample(RandomStream.FromSeed(1), 1).Row(0).ToArray().Select(value => new Scalar(value))];
        private readonly Scalar[] state = new Scalar[family.Spec.State.Count], observation = new Scalar[family.Spec.Observation.Count];
        private readonly Scalar[] uniforms = [.. Enumerable.Range(0, family.Spec.ResetDraws).Select(draw => new Scalar(RandomStream.FromSeed(2).Uniform(draw)))];
        private readonly Scalar[] action = [.. family.Spec.Action.Select((limits, i) => new Scalar(Math.Min(limits.High, 1) * (2 * RandomStream.FromSeed(3).Uniform(i) - 1)))];

        public double Checksum { get; private set; }

        public double Time(long steps)
        {
            var clock = Stopwatch.StartNew();
            int t = 0;
            for (long step = 0; step < steps; step++)
            {
                if (t == 0) family.Environment.Reset<Scalar>(task, uniforms, state);
                Transition<Scalar> transition = family.Environment.Step<Scalar>(task, action, state);
                family.Environment.Observe<Scalar>(task, state, observation);
                Checksum += transition.Reward.Value + observation[0].Value;
                t = Scalar.IsTrue(transition.Terminated) || t + 1 == family.Spec.Horizon ? 0 : t + 1;
            }
            return clock.Elapsed.TotalSeconds;
        }
    }
}
