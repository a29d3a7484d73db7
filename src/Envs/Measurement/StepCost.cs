namespace MamlRobotics.Envs;

/// <summary>What one environment step takes, so that speeds compare with what a machine can do.</summary>
/// <param name="Operations">Arithmetic operations, elementary functions counted as one</param>
/// <param name="Bytes">Read and written by the CPU simulator</param>
public sealed record StepCost(long Operations, long Bytes)
{
    public static StepCost Of(TaskFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        EnvironmentSpec spec = family.Spec;
        Counted[] task = [.. family.Tasks.Sample(RandomStream.FromSeed(1), 1).Row(0).ToArray().Select(value => new Counted(value))];
        var (state, action, observation) = (new Counted[spec.State.Count], new Counted[spec.Action.Count], new Counted[spec.Observation.Count]);
        family.Environment.Reset<Counted>(task, new Counted[spec.ResetDraws], state);
        long before = Counted.Operations;
        family.Environment.Step<Counted>(task, action, state);
        family.Environment.Observe<Counted>(task, state, observation);
        // State and elapsed time are read and written, the observation is written with and without the automatic reset.
        int numbers = 2 * spec.State.Count + spec.Task.Count + spec.Action.Count + 2 * spec.Observation.Count + 1 + 2;
        return new StepCost(Counted.Operations - before, numbers * sizeof(float));
    }
}
