namespace MamlRobotics.Envs;

/// <summary>Chooses the action at a step, [action].</summary>
/// <param name="state">[state]</param>
public delegate double[] Controller(int step, double[] state);

/// <summary>One episode of the double dynamics.</summary>
internal static class ReferenceEpisode
{
    /// <param name="relocation">Draws of the new starts, where steps relocate.</param>
    public static double Return(TaskFamily family, ReadOnlySpan<double> task, double[] start, Controller act, RandomStream relocation = default)
    {
        Scalar[] row = Numbers(task), state = Numbers(start);
        double total = 0;
        long draw = 0;
        for (int t = 0; t < family.Spec.Horizon; t++)
        {
            Transition<Scalar> transition = family.Environment.Step<Scalar>(row, Numbers(act(t, Array.ConvertAll(state, number => number.Value))), state);
            total += transition.Reward.Value;
            if (Scalar.IsTrue(transition.Terminated)) break;
            if (!family.Spec.Relocates || !Scalar.IsTrue(transition.Relocated)) continue;
            var uniforms = new Scalar[family.Spec.ResetDraws];
            for (int i = 0; i < uniforms.Length; i++) uniforms[i] = new(relocation.Uniform(draw++));
            family.Environment.Reset<Scalar>(row, uniforms, state);
        }
        return total;
    }

    private static Scalar[] Numbers(ReadOnlySpan<double> values)
    {
        var numbers = new Scalar[values.Length];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = new(values[i]);
        return numbers;
    }
}
