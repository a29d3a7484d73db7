namespace MamlRobotics.Envs;

/// <summary>Draws the actions of the episodes that check the contract.</summary>
internal static class ContractActions
{
    /// <summary>Actions [E][action], uniform over twice the actuator limits, or over +-1 where there are no limits.</summary>
    public static double[][] Draw(EnvironmentSpec spec, RandomStream seed, int count, int t, double scale)
    {
        RandomStream stream = seed.Stream("action", t);
        var actions = new double[count][];
        for (int e = 0; e < count; e++)
        {
            actions[e] = new double[spec.Action.Count];
            for (int i = 0; i < actions[e].Length; i++)
            {
                double limit = double.IsFinite(spec.Action[i].High) ? 2 * spec.Action[i].High : 1;
                actions[e][i] = (float)(scale * limit * (2 * stream.Uniform(e * spec.Action.Count + i) - 1));
            }
        }
        return actions;
    }
}
