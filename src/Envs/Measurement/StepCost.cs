namespace MamlRobotics.Envs;

/// <summary>Operations and bytes of one environment step, to compare speeds with what a machine can do.</summary>
/// <param name="Operations">Arithmetic operations; an elementary function counts as one</param>
/// <param name="Bytes">Bytes that the CPU simulator reads and writes</param>
public sealed record StepCost(long Operations, long Bytes)
{
    public static StepCost Of(TaskFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        EnvironmentSpec spec = family.Spec;
        double[] row = [.. family.Tasks.Sample(RandomStream.FromSeed(1), 1).Row(0)];
        Counted[] task = [.. row.Select(value => new Counted(value))];
        Counted[] state = new Counted[spec.State.Count], action = new Counted[spec.Action.Count];
        var observation = new Counted[spec.Observation.Count];
        family.Environment.Reset<Counted>(task, new Counted[spec.ResetDraws], state);
        long before = Counted.Operations;
        family.Environment.Step<Counted>(task, action, state);
        family.Environment.Observe<Counted>(task, state, observation);
        // State and elapsed time are both read and written. The observation is written twice: before and after the automatic reset.
        int numbers = 2 * spec.State.Count + spec.Task.Count + spec.Action.Count + 2 * spec.Observation.Count + 1 + 2;
        return new StepCost(Counted.Operations - before, numbers * sizeof(float));
    }
}
