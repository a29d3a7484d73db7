using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>One batch of a population: the robots of all tasks after the same number of gradient steps.</summary>
/// <param name="Tips">[N * B][T + 1] in one array, m; after an episode's end the place where it ended is repeated</param>
/// <param name="Jumps">[N * B][T + 1], true where a robot was moved to the point instead of going there; empty where none was</param>
/// <param name="Returns">[N], the mean over a task's robots</param>
/// <param name="Rewards">[T], the mean over all robots; an episode that has ended counts as zero</param>
public sealed record PopulationStep(Vector2[] Tips, bool[] Jumps, StepReturns Returns, float[] Rewards);

/// <summary>A policy's adaptation to every test task of its family at once.</summary>
/// <param name="Worlds">[N]</param>
/// <param name="Robots">B, the number of robots in each task</param>
/// <param name="Steps">K + 1</param>
/// <param name="Reference">Mean return of optimal control; NaN where no closed form is known</param>
/// <param name="UntrainedReturn">Mean return of the randomly initialised policy</param>
public sealed record Population(
    ReplayTitle Title, IReadOnlyList<World> Worlds, int Robots, int Horizon, IReadOnlyList<PopulationStep> Steps,
    ReferenceReturn Reference, double UntrainedReturn)
{
    public const int MostRobots = 2000;

    /// <summary>K.</summary>
    public int InnerSteps => Steps.Count - 1;

    /// <summary>N * B.</summary>
    public int Count => Worlds.Count * Robots;
}
