using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The results of a step of E environments.</summary>
/// <param name="States">[state, E]</param>
/// <param name="Rewards">[E]</param>
/// <param name="Terminated">[E] of booleans</param>
/// <param name="Relocated">[E] of booleans; null for a family whose steps never move an environment to a new start</param>
public sealed record TensorTransition(Tensor States, Tensor Rewards, Tensor Terminated, Tensor? Relocated);

/// <summary>
/// The dynamics of an environment as functions of tensors, on any device and in any precision, which torch differentiates by states,
/// actions and task columns. The derivative by an action is zero where the actuator's limit cuts it off, and that of a distance is not
/// finite where the distance is zero. Axes: E environment.
/// </summary>
public sealed class TensorDynamics(IEnvironment environment)
{
    private readonly EnvironmentSpec spec = environment.Spec;

    /// <summary>Advances every environment by one step, whether or not its episode has ended.</summary>
    /// <param name="tasks">[task columns, E]</param>
    /// <param name="states">[state, E]</param>
    /// <param name="actions">[action, E], before clipping to the actuator limits</param>
    public TensorTransition Step(Tensor tasks, Tensor states, Tensor actions)
    {
        TensorReal[] state = Rows(states);
        Tensor like = states[0];
        Transition<TensorReal> transition = environment.Step<TensorReal>(Rows(tasks), Rows(actions), state);
        return new(
            Stack(state, like), transition.Reward.FilledAs(like), TensorReal.TruthFilledAs(transition.Terminated, like),
            spec.Relocates ? TensorReal.TruthFilledAs(transition.Relocated, like) : null);
    }

    /// <summary>What the policy sees of states. [task columns, E] and [state, E] to [observation, E]</summary>
    public Tensor Observe(Tensor tasks, Tensor states)
    {
        var observation = new TensorReal[spec.Observation.Count];
        environment.Observe<TensorReal>(Rows(tasks), Rows(states), observation);
        return Stack(observation, states[0]);
    }

    /// <summary>The states at the start of an episode. [task columns, E] and [reset draws, E] to [state, E]</summary>
    /// <param name="uniforms">Each uniform in [0, 1)</param>
    public Tensor Start(Tensor tasks, Tensor uniforms)
    {
        var start = new TensorReal[spec.State.Count];
        environment.Reset<TensorReal>(Rows(tasks), Rows(uniforms), start);
        return Stack(start, tasks[0]);
    }

    private static TensorReal[] Rows(Tensor numbers) =>
        [.. Enumerable.Range(0, (int)numbers.shape[0]).Select(row => new TensorReal(numbers[row]))];

    private static Tensor Stack(TensorReal[] rows, Tensor like) => stack([.. rows.Select(row => row.FilledAs(like))]);
}
