using MathNet.Numerics.Statistics;

namespace MamlRobotics.Envs;

/// <summary>
/// Finds a high return with full knowledge of task and start. It plays the family's controllers, samples plans of whole episodes and keeps
/// the best (cross-entropy method, Rubinstein 1999), first with few knots and then with more, and replans at every step
/// (<see cref="RecedingPlanner"/>). Then <see cref="IterativeLqr"/> improves the best of these episodes to a local optimum. Searches run in
/// SIMD lanes, and the return is computed in double precision.
/// </summary>
public sealed class ShootingPlanner(TaskFamily family)
{
    private const int Candidates = 256, Elites = 20, Rounds = 20;

    // The search moves only a part of the way towards the best plans, so that it stays wide enough to leave regions of flat reward.
    private const double Smoothing = 0.5;

    // Several episodes are improved, because they may lead to different local optima.
    private const int ImprovedEpisodes = 4;

    private static readonly int[] KnotStages = [6, 18, 54];

    private readonly EnvironmentSpec spec = family.Spec;
    private readonly double[] limits = [.. family.Spec.Action.Select(action => double.IsFinite(action.High) ? action.High : 1)];

    /// <summary>The best return found on one task from one start.</summary>
    /// <param name="task">[task columns]</param>
    /// <param name="start">[state]</param>
    public double BestReturn(double[] task, double[] start)
    {
        IEnumerable<ReferenceEpisode> controlled = family.Controllers.Select(controller =>
            ReferenceEpisode.Play(family, task, start, (_, state) => controller(task, state), RandomStream.FromSeed(0)));
        // Plans are useless where a step moves the robot to a random place.
        if (family.Spec.Relocates) return controlled.Select(episode => episode.Return).DefaultIfEmpty(double.NegativeInfinity).Max();
        ReferenceEpisode[] found = [.. controlled, PlanEpisode(task, start), new RecedingPlanner(family, limits).Play(task, start)];
        var improvement = new IterativeLqr(family, task);
        IEnumerable<ReferenceEpisode> best = found.OrderByDescending(episode => episode.Return).Take(ImprovedEpisodes);
        return best.Max(episode => improvement.Improve(episode).Return);
    }

    /// <summary>The best episode whose whole plan is made at its start.</summary>
    private ReferenceEpisode PlanEpisode(double[] row, double[] start)
    {
        using BatchSimulator simulator = family.CreateSimulator(new TaskBatch(family.Tasks.Columns, row), Candidates);
        int actions = spec.Action.Count, knots = KnotStages[0];
        var best = new double[knots * actions];
        ReferenceEpisode bestEpisode = Play(row, start, best, knots);
        for (int stage = 0; stage < KnotStages.Length; stage++)
        {
            int finer = Math.Min(KnotStages[stage], spec.Horizon);
            best = ActionPlans.Resample(best, actions, knots, finer);
            knots = finer;
            double[] found = Search(simulator, start, best, knots, spread: stage == 0 ? 1 : 0.4 / stage, stage);
            ReferenceEpisode episode = Play(row, start, found, knots);
            if (episode.Return > bestEpisode.Return) (bestEpisode, best) = (episode, found);
        }
        return bestEpisode;
    }

    private double[] Search(BatchSimulator simulator, double[] start, double[] mean, int knots, double spread, int stage)
    {
        int actions = spec.Action.Count;
        var plans = new ActionPlans(spec.Horizon, actions, knots, Candidates);
        double[] centre = [.. mean], best = [.. mean];
        double[] deviation = [.. Enumerable.Range(0, centre.Length).Select(i => spread * limits[i % actions])];
        double bestReturn = double.NegativeInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            Sample(plans, centre, deviation, RandomStream.FromSeed(0).Stream("plan", stage * Rounds + round));
            double[] returns = Returns(simulator, start, plans);
            int[] elites = [.. Enumerable.Range(0, Candidates).OrderByDescending(candidate => returns[candidate]).Take(Elites)];
            if (returns[elites[0]] > bestReturn) (bestReturn, best) = (returns[elites[0]], plans.Candidate(elites[0]));
            for (int i = 0; i < centre.Length; i++)
            {
                double[] chosen = [.. elites.Select(candidate => (double)plans.Values[i][candidate])];
                centre[i] += Smoothing * (chosen.Mean() - centre[i]);
                deviation[i] += Smoothing * (chosen.StandardDeviation() - deviation[i]);
            }
        }
        return best;
    }

    /// <summary>Draws the candidates around a centre. The first candidate is the centre itself.</summary>
    private void Sample(ActionPlans plans, double[] centre, double[] deviation, RandomStream noise)
    {
        for (int i = 0; i < plans.Rows; i++)
        {
            float limit = (float)limits[i % limits.Length];
            for (int candidate = 0; candidate < Candidates; candidate++)
            {
                float draw = candidate == 0 ? 0 : noise.NormalPair((long)i * Candidates + candidate).First;
                plans.Values[i][candidate] = Math.Clamp((float)(centre[i] + deviation[i] * draw), -limit, limit);
            }
        }
    }

    private double[] Returns(BatchSimulator simulator, double[] start, ActionPlans plans)
    {
        simulator.Reset(0, default);
        for (int i = 0; i < start.Length; i++) simulator.State(i).Fill((float)start[i]);
        var returns = new double[Candidates];
        for (int t = 0; t < spec.Horizon; t++)
        {
            for (int i = 0; i < spec.Action.Count; i++) plans.WriteActions(t, i, simulator.Action(i));
            simulator.Step(0);
            for (int candidate = 0; candidate < Candidates; candidate++) returns[candidate] += simulator.Rewards[candidate];
        }
        return returns;
    }

    private ReferenceEpisode Play(double[] task, double[] start, double[] plan, int knots)
    {
        var one = new ActionPlans(spec.Horizon, spec.Action.Count, knots, candidates: 1);
        for (int i = 0; i < plan.Length; i++) one.Values[i][0] = (float)plan[i];
        var action = new float[1];
        return ReferenceEpisode.Play(family, task, start, (t, _) =>
            [.. Enumerable.Range(0, spec.Action.Count).Select(i =>
            {
                one.WriteActions(t, i, action);
                return (double)action[0];
            })]);
    }
}
