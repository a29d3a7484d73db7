using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// Two tasks as one batch that holds every episode there is, weighted by its probability, so that a mean over samples is an exact
/// expectation. The first is a process of three states and two steps: in state 0, action 0 leads to state 1 and action 1 to state
/// 2; the episode ends after the action there. In state s, action 0 has the probability sigmoid(theta_s). The second is a
/// two-armed bandit whose first arm has the probability sigmoid(theta_0).
/// </summary>
internal static class EnumeratedProcess
{
    public const int Parameters = 3, Samples = 8, Horizon = 2;

    /// <summary>Of action 0 and 1 in each state.</summary>
    public static readonly double[][] Rewards = [[0.3, -0.7], [1.1, -0.4], [0.2, 0.9]];

    public static readonly double[] Arms = [0.8, -0.5];

    // Any function of the state will do.
    private static readonly double[] Baseline = [0.25, -0.15, 0.6];

    public static readonly double[] Theta = [0.4, -0.3, 0.7];

    public static double[] First => [.. Theta.Select(theta => 1 / (1 + Math.Exp(-theta)))];

    /// <summary>The loss, at theta and with its graph, of each task. [2]</summary>
    public static Tensor Loss(IPolicyLoss loss, Tensor theta)
    {
        Tensor fixedTheta = theta.detach();
        var dummy = new DiagonalGaussian(zeros(2, Samples, 1, dtype: float64), zeros(2, 1, 1, dtype: float64));
        Tensor Padded(IEnumerable<double> process, IEnumerable<double> bandit) =>
            tensor((double[])[.. process, .. bandit, .. new double[Samples - bandit.Count()]], [2, Samples]);
        var batch = new SampleBatch(
            dummy.Mean, dummy.Mean, Padded(Steps.Select(step => step.Advantage), Arms.Select(reward => reward - Baseline[0])),
            Padded(Steps.Select(step => step.Weight), [First[0], 1 - First[0]]), dummy, LogProbabilities(fixedTheta),
            Padded(Steps.Select(step => step.Reward), Arms), Padded(Steps.Select(step => (double)step.Time), [0, 0]));
        return loss.Of(new PolicyOnBatch(fixedTheta, dummy, LogProbabilities(theta), batch));
    }

    /// <summary>First and second derivatives of a task's loss at theta. [3], [3, 3]</summary>
    public static (double[] Gradient, double[,] Hessian) Derivatives(IPolicyLoss loss, int task)
    {
        Tensor theta = tensor(Theta, requires_grad: true);
        Tensor gradient = autograd.grad([Loss(loss, theta)[task]], [theta], retain_graph: true, create_graph: true)[0];
        var hessian = new double[Parameters, Parameters];
        for (int i = 0; i < Parameters; i++)
        {
            double[] row = autograd.grad([gradient[i]], [theta], retain_graph: true)[0].data<double>().ToArray();
            for (int j = 0; j < Parameters; j++) hessian[i, j] = row[j];
        }
        return (gradient.data<double>().ToArray(), hessian);
    }

    /// <summary>Both steps of all four episodes, in order.</summary>
    private static IEnumerable<(int State, int Action, int Time, double Reward, double Advantage, double Weight)> Steps =>
        from first in new[] { 0, 1 }
        from second in new[] { 0, 1 }
        from time in new[] { 0, 1 }
        let state = time == 0 ? 0 : 1 + first
        let later = Rewards[1 + first][second]
        let reward = time == 0 ? Rewards[0][first] : later
        let weight = Probability(0, first) * Probability(1 + first, second)
        select (state, time == 0 ? first : second, time, reward, reward + (time == 0 ? later : 0) - Baseline[state], weight);

    private static double Probability(int state, int action) => action == 0 ? First[state] : 1 - First[state];

    // Of the actions taken; padding has that of state 2's first action, which must not matter.
    private static Tensor LogProbabilities(Tensor theta)
    {
        (int State, int Action)[] bandit = [(0, 0), (0, 1), .. Enumerable.Repeat((2, 0), Samples - 2)];
        (int State, int Action)[] all = [.. Steps.Select(step => (step.State, step.Action)), .. bandit];
        Tensor signs = tensor(all.Select(step => step.Action == 0 ? 1.0 : -1.0).ToArray());
        Tensor logits = theta.index_select(0, tensor(all.Select(step => (long)step.State).ToArray()));
        return nn.functional.logsigmoid(logits * signs).view(2, Samples);
    }
}
