namespace MamlRobotics.Envs;

/// <summary>
/// A simulator as the contract sees it, whatever its number type: E environments, environment e of task e / B. It is
/// for checks, not for speed: everything is copied.
/// </summary>
public interface IContractSubject
{
    /// <summary>Starts a new episode everywhere.</summary>
    void Reset(RandomStream stream);

    /// <summary>Puts every environment into a given state, [E][state].</summary>
    void SetStates(double[][] states);

    /// <summary>Advances every live environment by [E][action].</summary>
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

/// <summary>Makes a simulator of some tasks with B trajectories each.</summary>
public delegate IContractSubject SubjectFactory(TaskFamily family, TaskBatch tasks, int trajectoriesPerTask, bool autoReset);
