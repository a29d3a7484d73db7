namespace MamlRobotics.Envs.Tests;

/// <summary>Steps in double precision, one environment at a time.</summary>
internal static class Play
{
    public static Scalar[] Numbers(params ReadOnlySpan<double> values)
    {
        var numbers = new Scalar[values.Length];
        for (int i = 0; i < values.Length; i++) numbers[i] = new(values[i]);
        return numbers;
    }

    public static double[] Values(Scalar[] numbers) => [.. numbers.Select(number => number.Value)];

    /// <summary>One step; the state is overwritten.</summary>
    public static (double Reward, bool Terminated) Step(
        IEnvironment environment, ReadOnlySpan<double> task, double[] action, double[] state)
    {
        Scalar[] numbers = Numbers(state);
        Transition<Scalar> transition = environment.Step<Scalar>(Numbers(task), Numbers(action), numbers);
        Values(numbers).CopyTo(state, 0);
        return (transition.Reward.Value, Scalar.IsTrue(transition.Terminated));
    }

    /// <summary>The return of one episode from a given state.</summary>
    public static double Episode(IEnvironment environment, ReadOnlySpan<double> task, double[] start, Func<double[], double[]> act)
    {
        double[] state = [.. start];
        double total = 0;
        for (int t = 0; t < environment.Spec.Horizon; t++)
        {
            (double reward, bool terminated) = Step(environment, task, act(state), state);
            total += reward;
            if (terminated) break;
        }
        return total;
    }
}
