namespace MamlRobotics.Envs;

/// <summary>How a simulator runs. The options do not change the episodes themselves.</summary>
/// <param name="AutoReset">
/// Whether the step that ends an episode starts a new one. The observation is then the first of the new episode, and the final
/// observation of the ended episode is kept until the next step.
/// </param>
/// <param name="Threads">Number of threads for steps of all tasks, including the caller's; zero means one</param>
public readonly record struct SimulatorOptions(bool AutoReset = false, int Threads = 1);
