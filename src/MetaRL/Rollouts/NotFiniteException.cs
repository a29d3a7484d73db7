namespace MamlRobotics.MetaRL;

/// <summary>An episode holds a number that is not finite, so that neither a return nor a gradient can be taken from it.</summary>
/// <param name="task">Row of the batch, from 0</param>
/// <param name="quantity">What is not finite, in the plural</param>
/// <param name="timeStep">The first one at which it is not, from 0</param>
public sealed class NotFiniteException(int task, string quantity, int timeStep)
    : Exception($"Task {task} has {quantity} that are not finite, at time step {timeStep} first.")
{
    public int Task => task;
    public string Quantity => quantity;
    public int TimeStep => timeStep;
}

/// <summary>The first time steps of an episode at which its numbers are not finite; the horizon where all of them are.</summary>
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

    // A step goes from an observation to an action, then to a reward and to the next observation: what is first is the cause,
    // but a state that is lost shows in the reward before it can be observed.
    private string Quantity => Action < Observation && Action <= Reward ? Actions : Observation <= Reward + 1 ? "observations" : "rewards";
}
