namespace MamlRobotics.Envs;

/// <summary>
/// Chooses each action by sampling short plans from the present state. It is model predictive path integral control (Williams et al.
/// 2017), except that it takes the mean of the best plans instead of weighting all plans. It works well where rewards are dense.
/// </summary>
internal sealed class RecedingPlanner(TaskFamily family, double[] limits)
{
    private const int Window = 20, Candidates = 128, Elites = 12, Rounds = 3;

    private readonly EnvironmentSpec spec = family.Spec;

    /// <summary>Plays one episode in double precision.</summary>
    public ReferenceEpisode Play(double[] task, double[] start)
    {
        using BatchSimulator simulator = family.CreateSimulator(new TaskBatch(family.Tasks.Columns, task), Candidates);
        int actions = limits.Length;
        var plans = new ActionPlans(Window, actions, Window, Candidates);
        var centre = new double[plans.Rows];
        // The noise is the same at every step. Plans differ by their centre.
        float[][] noise = [.. Enumerable.Range(0, Rounds).Select(round => Noise(round, plans.Rows))];
        return ReferenceEpisode.Play(family, task, start, (step, state) =>
        {
            int window = Math.Min(Window, spec.Horizon - step);
            for (int round = 0; round < Rounds; round++)
                Improve(simulator, state, plans, centre, noise[round], width: Math.Pow(0.3, round), window);
            double[] chosen = centre[..actions];
            // The next step starts from the rest of the plan.
            Array.Copy(centre, actions, centre, 0, centre.Length - actions);
            return chosen;
        });
    }

    // No noise for the first candidate, which is the centre itself.
    private static float[] Noise(int round, int rows)
    {
        RandomStream stream = RandomStream.FromSeed(1).Stream("window", round);
        return [.. Enumerable.Range(0, rows * Candidates).Select(i => i % Candidates == 0 ? 0 : stream.NormalPair(i).First)];
    }

    private void Improve(
        BatchSimulator simulator, double[] state, ActionPlans plans, double[] centre, float[] noise, double width, int window)
    {
        for (int i = 0; i < plans.Rows; i++)
        {
            float limit = (float)limits[i % limits.Length];
            for (int candidate = 0; candidate < Candidates; candidate++)
            {
                float draw = noise[i * Candidates + candidate];
                plans.Values[i][candidate] = Math.Clamp((float)(centre[i] + width * limit * draw), -limit, limit);
            }
        }
        double[] returns = Returns(simulator, state, plans, window);
        int[] elites = [.. Enumerable.Range(0, Candidates).OrderByDescending(candidate => returns[candidate]).Take(Elites)];
        for (int i = 0; i < centre.Length; i++) centre[i] = elites.Average(candidate => plans.Values[i][candidate]);
    }

    private static double[] Returns(BatchSimulator simulator, double[] state, ActionPlans plans, int window)
    {
        simulator.Reset(0, default);
        for (int i = 0; i < state.Length; i++) simulator.State(i).Fill((float)state[i]);
        var returns = new double[Candidates];
        for (int t = 0; t < window; t++)
        {
            for (int i = 0; i < simulator.Spec.Action.Count; i++) plans.WriteActions(t, i, simulator.Action(i));
            simulator.Step(0);
            for (int candidate = 0; candidate < Candidates; candidate++) returns[candidate] += simulator.Rewards[candidate];
        }
        return returns;
    }
}
