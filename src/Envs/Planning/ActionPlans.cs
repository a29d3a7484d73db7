namespace MamlRobotics.Envs;

/// <summary>
/// Open-loop actions of K candidates over an episode. Each candidate is a polyline through M knots per action coordinate. There is a row
/// for each (knot, coordinate) and a column for each candidate.
/// </summary>
internal sealed class ActionPlans(int horizon, int actions, int knots, int candidates)
{
    public int Rows => knots * actions;

    public int Candidates => candidates;

    /// <summary>[knot and coordinate][candidate]</summary>
    public float[][] Values { get; } = [.. Enumerable.Range(0, knots * actions).Select(_ => new float[candidates])];

    /// <summary>Writes one action coordinate of every candidate at a step.</summary>
    public void WriteActions(int step, int coordinate, Span<float> destination)
    {
        (int knot, float share) = Position(step);
        float[] from = Values[knot * actions + coordinate], to = Values[Math.Min(knot + 1, knots - 1) * actions + coordinate];
        for (int k = 0; k < candidates; k++) destination[k] = from[k] + share * (to[k] - from[k]);
    }

    /// <summary>The values of one candidate, [knot and coordinate].</summary>
    public double[] Candidate(int candidate) => [.. Values.Select(row => (double)row[candidate])];

    /// <summary>The same polyline, through another number of knots.</summary>
    public static double[] Resample(double[] plan, int actions, int knots, int newKnots)
    {
        var result = new double[newKnots * actions];
        for (int i = 0; i < result.Length; i++)
        {
            int coordinate = i % actions;
            double position = (double)(i / actions) * (knots - 1) / Math.Max(newKnots - 1, 1);
            int before = Math.Min((int)position, knots - 1), after = Math.Min(before + 1, knots - 1);
            double from = plan[before * actions + coordinate], to = plan[after * actions + coordinate];
            result[i] = from + (position - before) * (to - from);
        }
        return result;
    }

    private (int Knot, float Share) Position(int step)
    {
        double position = knots == 1 ? 0 : (double)step * (knots - 1) / Math.Max(horizon - 1, 1);
        return ((int)position, (float)(position - (int)position));
    }
}
