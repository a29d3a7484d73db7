namespace MamlRobotics.Envs;

/// <summary>Chooses the action, [action], at a step.</summary>
/// <param name="state">[state]</param>
public delegate double[] Controller(int step, double[] state);

/// <summary>An episode in double precision.</summary>
/// <param name="States">[steps + 1][state]; the first is the start</param>
/// <param name="Actions">[steps][action]</param>
/// <param name="Return">Undiscounted return</param>
internal sealed record ReferenceEpisode(IReadOnlyList<double[]> States, IReadOnlyList<double[]> Actions, double Return)
{
    /// <param name="relocation">Random stream of the new starts, in families whose steps relocate</param>
    public static ReferenceEpisode Play(TaskFamily family, double[] task, double[] start, Controller act, RandomStream relocation = default)
    {
        Scalar[] row = Numbers(task), state = Numbers(start);
        var states = new List<double[]> { start };
        var actions = new List<double[]>();
        double total = 0;
        long draw = 0;
        for (int t = 0; t < family.Spec.Horizon; t++)
        {
            actions.Add(act(t, states[^1]));
            Transition<Scalar> transition = family.Environment.Step<Scalar>(row, Numbers(actions[^1]), state);
            total += transition.Reward.Value;
            if (family.Spec.Relocates && Scalar.IsTrue(transition.Relocated))
            {
                var uniforms = new Scalar[family.Spec.ResetDraws];
                for (int i = 0; i < uniforms.Length; i++) uniforms[i] = new(relocation.Uniform(draw++));
                family.Environment.Reset<Scalar>(row, uniforms, state);
            }
            states.Add(Array.ConvertAll(state, number => number.Value));
            if (Scalar.IsTrue(transition.Terminated)) break;
        }
        return new(states, actions, total);
    }

    private static Scalar[] Numbers(double[] values) => Array.ConvertAll(values, value => new Scalar(value));
}
