namespace MamlRobotics.MetaRL;

/// <summary>An episode has a number that is not finite, so it gives neither a return nor a gradient.</summary>
/// <param name="task">The row of the task in the batch, counted from 0</param>
/// <param name="quantity">The quantity that is not finite, in the plural</param>
/// <param name="timeStep">The first time step at which it is not finite, counted from 0</param>
public sealed class NotFiniteException(int task, string quantity, int timeStep)
    : Exception($"Task {task} has {quantity} that are not finite, at time step {timeStep} first.")
{
    public int Task => task;
    public string Quantity => quantity;
    public int TimeStep => timeStep;
}

/// <summary>The first time steps of an episode at which its numbers are not finite; the horizon where all of them are finite.</summary>
internal readonly record struct FirstFaults(int Observation, int Action, int Reward)
{
    public const string Actions = "actions";

    public static FirstFaults None(int horizon) => new(horizon, horizon, horizon);

    /// <exception cref="NotFiniteException">Some number is not finite.</exception>
    public void RequireNone(int task, int horizon)
    {
        int first = Math.Min(Observation, Math.Min(Action, Reward));
        if (first < horizon) throw new NotFiniteException(task, Quantity, first);
    }

    // A step goes from an observation to an action, then to a reward and to the next observation, and the first number that is not
    // finite is the cause. But where the state is not finite, the reward shows it one step before the observation does.
    private string Quantity => Action < Observation && Action <= Reward ? Actions : Observation <= Reward + 1 ? "observations" : "rewards";
}
