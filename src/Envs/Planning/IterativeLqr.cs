using MathNet.Numerics.LinearAlgebra;

namespace MamlRobotics.Envs;

/// <summary>
/// Improves the actions of a whole episode by iterative linear-quadratic control with limits on the actions (Li and Todorov 2004; the
/// limits follow Tassa, Mansard and Todorov 2014). It models the dynamics around an episode as linear and the reward as concave. The model
/// has an optimal feedback law, and the next episode takes the longest step along that law that raises the return.
/// </summary>
internal sealed class IterativeLqr(TaskFamily family, double[] task)
{
    private const int Iterations = 80, Halvings = 10;

    private const double LeastDamping = 1e-6, MostDamping = 1e6, DampingFactor = 10, LeastGain = 1e-7;

    private readonly double[] limits = [.. family.Spec.Action.Select(action => action.High)];

    /// <summary>The best episode that is found from the given one. It is never worse.</summary>
    public ReferenceEpisode Improve(ReferenceEpisode episode)
    {
        double damping = 1e-3;
        for (int iteration = 0; iteration < Iterations && damping <= MostDamping; iteration++)
        {
            StepDerivatives[] model =
                [.. episode.Actions.Select((action, t) => StepDerivatives.At(family.Environment, task, episode.States[t], action))];
            ReferenceEpisode? better = null;
            for (; better is null && damping <= MostDamping; damping *= DampingFactor)
                better = Search(episode, FeedbackLaw(episode, model, damping));
            if (better is null) break;
            double gain = better.Return - episode.Return;
            episode = better;
            damping = Math.Max(damping / (DampingFactor * DampingFactor), LeastDamping);
            if (gain < LeastGain * (1 + Math.Abs(episode.Return))) break;
        }
        return episode;
    }

    /// <summary>Tries shorter and shorter steps along the feedback law, and returns the first episode with a higher return.</summary>
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
        // The new episode may be longer than the old one.
        if (step >= law.Length) return new double[limits.Length];
        Vector<double> deviation = Vector<double>.Build.Dense(state.Length, i => state[i] - around.States[step][i]);
        Vector<double> change = share * law[step].Change + law[step].Gain * deviation;
        return [.. limits.Select((limit, i) => Math.Clamp(around.Actions[step][i] + change[i], -limit, limit))];
    }

    /// <summary>Dynamic programming backwards through the episode (Tassa et al. 2014, equations 5 to 11).</summary>
    private Feedback[] FeedbackLaw(ReferenceEpisode episode, StepDerivatives[] model, double damping)
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
            law[t] = BestFeedback(q, qq, states, episode.Actions[t], damping);
            // The value of a state under the law. z = (state, action) moves by (1, gain) with the state, and the action also changes.
            Matrix<double> follow = Matrix<double>.Build.DenseIdentity(states).Stack(law[t].Gain);
            Vector<double> change = Vector<double>.Build.Dense(q.Count);
            change.SetSubVector(states, limits.Length, law[t].Change);
            slope = follow.TransposeThisAndMultiply(q + qq * change);
            curvature = follow.TransposeThisAndMultiply(qq * follow);
        }
        return law;
    }

    /// <summary>
    /// The change of the action that maximises the model within the limits, and the gain by which it follows the state. An action that
    /// reaches its limit is fixed there, and the others are computed again.
    /// </summary>
    private Feedback BestFeedback(Vector<double> q, Matrix<double> qq, int states, double[] action, double damping)
    {
        int actions = action.Length;
        Vector<double> change = Vector<double>.Build.Dense(actions);
        Matrix<double> gain = Matrix<double>.Build.Dense(actions, states);
        List<int> free = [.. Enumerable.Range(0, actions)];
        while (free.Count > 0)
        {
            Matrix<double> curvature = Matrix<double>.Build.Dense(free.Count, free.Count, Curvature);
            Vector<double> wanted = curvature.Solve(Vector<double>.Build.Dense(free.Count, Slope));
            int[] beyond = [.. Enumerable.Range(0, free.Count).Where(i => Math.Abs(action[free[i]] + wanted[i]) > limits[free[i]])];
            if (beyond.Length == 0)
            {
                Matrix<double> follow = curvature.Solve(Matrix<double>.Build.Dense(free.Count, states, (i, j) => qq[states + free[i], j]));
                for (int i = 0; i < free.Count; i++)
                {
                    change[free[i]] = wanted[i];
                    gain.SetRow(free[i], follow.Row(i));
                }
                break;
            }
            foreach (int i in beyond) change[free[i]] = Math.Sign(action[free[i]] + wanted[i]) * limits[free[i]] - action[free[i]];
            int[] fixedNow = [.. beyond.Select(i => free[i])];
            free.RemoveAll(fixedNow.Contains);
        }
        return new(change, gain);

        double Curvature(int i, int j) => (i == j ? damping : 0) - qq[states + free[i], states + free[j]];

        // Actions that are fixed at their limits change the slope along the free ones.
        double Slope(int i)
        {
            IEnumerable<int> atLimit = Enumerable.Range(0, actions).Where(other => !free.Contains(other));
            return q[states + free[i]] + atLimit.Sum(other => qq[states + free[i], states + other] * change[other]);
        }
    }

    /// <param name="Change">[action]</param>
    /// <param name="Gain">[action, state]</param>
    private sealed record Feedback(Vector<double> Change, Matrix<double> Gain);
}
