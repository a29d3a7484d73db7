namespace MamlRobotics.Envs;

/// <summary>
/// A simulator of any number type, with the operations that the contract needs. It has E environments, of which environment e has task
/// e / B. It copies all its numbers, so it is for checks and not for speed.
/// </summary>
public interface IContractSubject
{
    /// <summary>Starts a new episode in every environment.</summary>
    void Reset(RandomStream stream);

    /// <summary>Puts every environment into a given state, [E][state].</summary>
    void SetStates(double[][] states);

    /// <summary>Advances every live environment by its action, [E][action].</summary>
    void Step(double[][] actions);

    /// <summary>[E][state]</summary>
    double[][] States { get; }

    /// <summary>[E][observation]</summary>
    double[][] Observations { get; }

    /// <summary>[E][observation], before any automatic reset.</summary>
    double[][] FinalObservations { get; }

    /// <summary>[E]</summary>
    double[] Rewards { get; }

    bool[] Terminated { get; }

    bool[] Truncated { get; }
}

/// <summary>Creates a simulator of some tasks with B trajectories each.</summary>
public delegate IContractSubject SubjectFactory(TaskFamily family, TaskBatch tasks, int trajectoriesPerTask, bool autoReset);
