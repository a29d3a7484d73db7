using System.Diagnostics;

namespace MamlRobotics.Envs;

/// <summary>Speed of the reference: a single environment in double precision, through the public step, on one thread.</summary>
/// <param name="StepsPerSecond">Steps with observations and resets; the fastest of some repetitions</param>
/// <param name="Checksum">Sum of rewards and observations, so that the compiler cannot leave out their computation</param>
public sealed record ScalarSpeed(string Family, double StepsPerSecond, double Checksum)
{
    private const int Repetitions = 5;

    /// <param name="seconds">Approximate time of the measurement</param>
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

    private sealed class Episode
    {
        private readonly TaskFamily family;
        private readonly Scalar[] task, state, observation, uniforms, action;

        public Episode(TaskFamily family)
        {
            this.family = family;
            EnvironmentSpec spec = family.Spec;
            RandomStream starts = RandomStream.FromSeed(2), actions = RandomStream.FromSeed(3);
            task = [.. family.Tasks.Sample(RandomStream.FromSeed(1), 1).Row(0).ToArray().Select(value => new Scalar(value))];
            (state, observation) = (new Scalar[spec.State.Count], new Scalar[spec.Observation.Count]);
            uniforms = [.. Enumerable.Range(0, spec.ResetDraws).Select(draw => new Scalar(starts.Uniform(draw)))];
            action = [.. spec.Action.Select((limits, i) => new Scalar(Math.Min(limits.High, 1) * (2 * actions.Uniform(i) - 1)))];
        }

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
