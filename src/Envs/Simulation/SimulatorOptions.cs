namespace MamlRobotics.Envs;

/// <summary>How a simulator runs; none of it changes an episode.</summary>
/// <param name="AutoReset">
/// Starts a new episode in the step that ends one. The observation is then the new episode's first, and the final
/// observation of the ended one is kept until the next step.
/// </param>
/// <param name="Threads">Threads that step all tasks together, the caller's included; zero counts as one.</param>
public readonly record struct SimulatorOptions(bool AutoReset = false, int Threads = 1);
