using MathNet.Numerics.LinearAlgebra;

namespace MamlRobotics.Envs;

/// <summary>
/// Improves the actions of a whole episode by iterative linear-quadratic control with limits on the actions (Li and Todorov 2004;
/// the limits after Tassa, Mansard and Todorov 2014): around an episode, the linear dynamics and a concave model of the reward
/// have an optimal feedback law, which the next episode follows as far as the return rises.
/// </summary>
internal sealed class IterativeLqr(TaskFamily family, double[] task)
{
    private const int Iterations = 80, Halvings = 10;

    private const double LeastDamping = 1e-6, MostDamping = 1e6, DampingFactor = 10, LeastGain = 1e-7;

    private readonly double[] limits = [.. family.Spec.Action.Select(action => action.High)];

    /// <summary>The best episode that is found from the one given; never a worse one.</summary>
    public ReferenceEpisode Improve(ReferenceEpisode episode)
    {
        double damping = 1e-3;
        for (int iteration = 0; iteration < Iterations && damping <= MostDamping; iteration++)
        {
            StepDerivatives[] model = [.. episode.Actions.Select((action, t) => StepDerivatives.At(family.Environment, task, episode.States[t], action))];
            ReferenceEpisode? better = null;
            for (; better is null && damping <= MostDamping; damping *= DampingFactor) better = Search(episode, Law(episode, model, damping));
            if (better is null) break;
            double gain = better.Return - episode.Return;
            episode = better;
            damping = Math.Max(damping / (DampingFactor * DampingFactor), LeastDamping);
            if (gain < LeastGain * (1 + Math.Abs(episode.Return))) break;
        }
        return episode;
    }

    /// <summary>The first of ever shorter steps along the feedback law whose episode returns more.</summary>
    private ReferenceEpisode? Search(ReferenceEpisode around, Feedback[] law)
    {
        double share = 1;
        for (int i = 0; i < Halvings; i++, share /= 2)
        {
            ReferenceEpisode found = ReferenceEpisode.Play(family, task, around.States[0], (t, state) => Act(around, law, share, t, state));
            if (found.Return > around.Return) return found;
        }
        return null;
    }

    private double[] Act(ReferenceEpisode around, Feedback[] law, double share, int step, double[] state)
    {
        // The new episode may go on after the old one had ended.
        if (step >= law.Length) return new double[limits.Length];
        Vector<double> deviation = Vector<double>.Build.Dense(state.Length, i => state[i] - around.States[step][i]);
        Vector<double> change = share * law[step].Change + law[step].Gain * deviation;
        return [.. limits.Select((limit, i) => Math.Clamp(around.Actions[step][i] + change[i], -limit, limit))];
    }

    /// <summary>Dynamic programming backwards through the episode (Tassa et al. 2014, equations 5 to 11).</summary>
    private Feedback[] Law(ReferenceEpisode episode, StepDerivatives[] model, double damping)
    {
        int states = episode.States[0].Length;
        var law = new Feedback[model.Length];
        Vector<double> slope = Vector<double>.Build.Dense(states);
        Matrix<double> curvature = Matrix<double>.Build.Dense(states, states);
        for (int t = model.Length - 1; t >= 0; t--)
        {
            (Matrix<double> jacobian, Vector<double> gradient, Matrix<double> bend) = model[t];
            Vector<double> q = gradient + jacobian.TransposeThisAndMultiply(slope);
            Matrix<double> qq = bend + jacobian.TransposeThisAndMultiply(curvature * jacobian);
            law[t] = Best(q, qq, states, episode.Actions[t], damping);
            // The value of a state under the law: z moves by (1, gain) with the state, after a change of the action alone.
            Matrix<double> follow = Matrix<double>.Build.DenseIdentity(states).Stack(law[t].Gain);
            Vector<double> change = Vector<double>.Build.Dense(q.Count);
            change.SetSubVector(states, limits.Length, law[t].Change);
            slope = follow.TransposeThisAndMultiply(q + qq * change);
            curvature = follow.TransposeThisAndMultiply(qq * follow);
        }
        return law;
    }

    /// <summary>
    /// The change of the action that maximises the model within the limits, and how it follows the state. An action that meets
    /// its limit is held there, and the others are chosen anew.
    /// </summary>
    private Feedback Best(Vector<double> q, Matrix<double> qq, int states, double[] action, double damping)
    {
        int actions = action.Length;
        Vector<double> change = Vector<double>.Build.Dense(actions);
        Matrix<double> gain = Matrix<double>.Build.Dense(actions, states);
        List<int> free = [.. Enumerable.Range(0, actions)];
        while (free.Count > 0)
        {
            Matrix<double> curvature = Matrix<double>.Build.Dense(free.Count, free.Count, (i, j) => (i == j ? damping : 0) - qq[states + free[i], states + free[j]]);
            Vector<double> pull = Vector<double>.Build.Dense(free.Count, i => q[states + free[i]] + Held(free[i]));
            Matrix<double> coupling = Matrix<double>.Build.Dense(free.Count, states, (i, j) => qq[states + free[i], j]);
            Vector<double> wanted = curvature.Solve(pull);
            int[] beyond = [.. Enumerable.Range(0, free.Count).Where(i => Math.Abs(action[free[i]] + wanted[i]) > limits[free[i]])];
            if (beyond.Length == 0)
            {
                Matrix<double> follow = curvature.Solve(coupling);
                for (int i = 0; i < free.Count; i++)
                {
                    change[free[i]] = wanted[i];
                    gain.SetRow(free[i], follow.Row(i));
                }
                break;
            }
            foreach (int i in beyond) change[free[i]] = Math.Sign(action[free[i]] + wanted[i]) * limits[free[i]] - action[free[i]];
            int[] met = [.. beyond.Select(i => free[i])];
            free.RemoveAll(met.Contains);
        }
        return new(change, gain);

        // What actions that are held at their limits already do to the slope of another one.
        double Held(int of) => Enumerable.Range(0, actions).Where(i => !free.Contains(i)).Sum(i => qq[states + of, states + i] * change[i]);
    }

    /// <param name="Change">[action]</param>
    /// <param name="Gain">[action, state]</param>
    private sealed record Feedback(Vector<double> Change, Matrix<double> Gain);
}
