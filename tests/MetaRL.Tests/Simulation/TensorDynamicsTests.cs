using MamlRobotics.Envs;
using Scalar = MamlRobotics.Envs.Scalar;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Gradients through steps in tensors, beside central differences of the double-precision reference.</summary>
public class TensorDynamicsTests
{
    private const int Steps = 3;
    private const double Difference = 1e-5;

    private static readonly RandomStream Random = RandomStream.FromSeed(8);

    [Theory]
    [InlineData("maml-nav")]
    [InlineData("promp-momentum")]
    [InlineData("norml-rotation")]
    [InlineData("focal-wind")]
    [InlineData("arm-goals")]
    [InlineData("arm-payloads")]
    [InlineData("arm-links")]
    [InlineData("arm-friction")]
    [InlineData("arm-gravity")]
    [InlineData("acrobot")]
    [InlineData("gymnax-reacher")]
    public void Gradients_by_state_action_and_task_are_those_of_central_differences(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        double[] task = family.Tasks.Sample(Random, 1).Row(0).ToArray();
        double[] state = [.. family.Start(task, 0).Select((value, i) => value + 0.3 * (Random.Uniform(i) - 0.5))];
        // Within the actuators' limits, beyond which the derivative is zero.
        double[] actions = [.. Enumerable.Range(0, Steps * family.Spec.Action.Count)
            .Select(i => family.ActionUnit * 0.9 * (2 * Random.Stream("actions").Uniform(i) - 1))];
        double[][] arguments = [task, state, actions];
        double[][] gradients = Gradients(family, arguments);
        for (int argument = 0; argument < arguments.Length; argument++)
        {
            for (int i = 0; i < arguments[argument].Length; i++)
            {
                double expected = CentralDifference(family, arguments, argument, i), found = gradients[argument][i];
                Assert.True(Math.Abs(expected - found) <= 1e-6 * (1 + Math.Abs(expected)), $"{argument} {i}: {expected:R} {found:R}");
            }
        }
    }

    [Fact]
    public void An_action_beyond_its_limit_has_no_derivative()
    {
        var dynamics = new TensorDynamics(TaskFamilies.ByName["maml-nav"].Environment);
        using Tensor actions = tensor((double[])[0.2, 0.05]).unsqueeze(1).requires_grad_();
        Tensor reward = dynamics.Step(zeros(2, 1, float64), tensor((double[])[1, 1]).unsqueeze(1), actions).Rewards;
        double[] gradient = autograd.grad([reward.sum()], [actions])[0].data<double>().ToArray();
        Assert.Equal(0, gradient[0]);
        // The distance from the origin at (1.1, 1.05), along y.
        Assert.Equal(-1.05 / Math.Sqrt(1.1 * 1.1 + 1.05 * 1.05), gradient[1], tolerance: 1e-12);
    }

    /// <summary>The gradients of <see cref="Loss"/> by task, state and actions.</summary>
    private static double[][] Gradients(TaskFamily family, double[][] arguments)
    {
        var dynamics = new TensorDynamics(family.Environment);
        Tensor[] columns = [.. arguments.Select(values => tensor(values).requires_grad_())];
        Tensor task = columns[0].unsqueeze(1), state = columns[1].unsqueeze(1), actions = columns[2].view(Steps, -1, 1);
        Tensor loss = zeros(1, float64);
        for (int t = 0; t < Steps; t++)
        {
            TensorTransition next = dynamics.Step(task, state, actions[t]);
            state = next.States;
            loss = loss.Plus(next.Rewards).Plus((state * tensor(Weights(state.shape[0])).unsqueeze(1)).sum());
        }
        return [.. autograd.grad([loss.sum()], columns, allow_unused: true)
            .Zip(arguments, (gradient, values) => gradient is null ? new double[values.Length] : gradient.data<double>().ToArray())];
    }

    /// <summary>Rewards, and states with a weight for each coordinate, summed over some steps in double precision.</summary>
    private static double Loss(TaskFamily family, double[][] arguments)
    {
        Scalar[][] numbers = [.. arguments.Select(values => values.Select(value => new Scalar(value)).ToArray())];
        (Scalar[] task, Scalar[] state, Scalar[] actions) = (numbers[0], numbers[1], numbers[2]);
        double loss = 0;
        for (int t = 0; t < Steps; t++)
        {
            int size = actions.Length / Steps;
            loss += family.Environment.Step<Scalar>(task, actions.AsSpan(t * size, size), state).Reward.Value;
            loss += state.Zip(Weights(state.Length), (coordinate, weight) => coordinate.Value * weight).Sum();
        }
        return loss;
    }

    private static double CentralDifference(TaskFamily family, double[][] arguments, int argument, int index)
    {
        double Shifted(double by)
        {
            double[][] shifted = [.. arguments.Select(values => values.ToArray())];
            shifted[argument][index] += by;
            return Loss(family, shifted);
        }

        return (Shifted(Difference) - Shifted(-Difference)) / (2 * Difference);
    }

    private static double[] Weights(long count) => [.. Enumerable.Range(0, (int)count).Select(i => 1 - 0.4 * i)];
}
