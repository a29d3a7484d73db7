namespace MamlRobotics.Envs.Tests;

public class DualTests
{
    public static IEnumerable<object[]> Families => TaskFamilies.ByName.Keys.Order().Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Families))]
    public void A_step_gives_its_own_derivative(string name)
    {
        TaskFamily family = TaskFamilies.Named(name);
        double[] task = [.. family.TestTasks.Row(0)], start = family.Start(task, 0);
        // Away from limits, walls and the rims of rewards, where a step has kinks.
        IEnumerable<double> state = start.Select((value, i) => value + 0.01 * (i + 1));
        IEnumerable<double> action = family.Spec.Action.Select((limits, i) => 0.3 * Math.Min(limits.High, 0.1) * (i + 1));
        double[] point = [.. state, .. action];
        for (int i = 0; i < point.Length; i++)
        {
            double[] exact = Slopes(family, task, point, start.Length, i), estimate = Differences(family, task, point, start.Length, i);
            for (int j = 0; j < exact.Length; j++) Assert.Equal(estimate[j], exact[j], 1e-5 * (1 + Math.Abs(estimate[j])));
        }
    }

    [Fact]
    public void A_root_at_zero_has_no_slope_and_none_that_is_not_a_number() =>
        Assert.Equal(0, Dual.Sqrt(Dual.Variable(0, 2)).Slope[2]);

    /// <summary>Derivatives of next state and reward by one number, from dual numbers.</summary>
    private static double[] Slopes(TaskFamily family, double[] task, double[] point, int states, int by)
    {
        Dual[] numbers = [.. point.Select((value, i) => i == by ? Dual.Variable(value, 0) : Dual.Of(value))];
        Dual[] next = numbers[..states];
        Dual reward = family.Environment.Step<Dual>([.. task.Select(Dual.Of)], numbers[states..], next).Reward;
        return [.. next.Select(value => value.Slope[0]), reward.Slope[0]];
    }

    private static double[] Differences(TaskFamily family, double[] task, double[] point, int states, int by)
    {
        const double Change = 1e-6;
        double[] Moved(double change)
        {
            double[] moved = [.. point];
            moved[by] += change;
            double[] state = moved[..states];
            (double reward, _) = Play.Step(family.Environment, task, moved[states..], state);
            return [.. state, reward];
        }
        return [.. Moved(Change).Zip(Moved(-Change), (above, below) => (above - below) / (2 * Change))];
    }
}
