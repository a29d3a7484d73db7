using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The batch that the policy sampled after some gradient steps, and how far the last of them moved it.</summary>
/// <param name="Shown">An episode in which the policy acts by its mean, which shows what it means to do</param>
/// <param name="ParameterChange">Per layer, the length of the step relative to the parameters before it; empty for the prior</param>
public sealed record ReplayStep(IReadOnlyList<Trajectory> Trajectories, Trajectory Shown, IReadOnlyList<double> ParameterChange)
{
    /// <summary>Of the trajectories.</summary>
    public StepReturns Returns { get; } = new([.. Trajectories.Select(trajectory => trajectory.Return)]);
}

/// <summary>Where the policy and the task come from, as a reader is told.</summary>
public sealed record ReplayTitle(string Family, string Algorithm, string Run, int Iteration, string Task);

/// <summary>A policy's adaptation to one task: everything that a replay shows.</summary>
/// <param name="Steps">K + 1: the prior, then the policy after each gradient step</param>
/// <param name="Goals">Goals of other tasks of the family, for orientation</param>
/// <param name="Layers">Names of the layers whose changes are given</param>
/// <param name="Reference">Return of optimal control, or the best that is known; NaN where nobody looked for it</param>
/// <param name="UntrainedReturn">Mean return of the randomly initialised policy that training began with</param>
public sealed record Replay(
    ReplayTitle Title, IReadOnlyList<Coordinate> TaskColumns, IReadOnlyList<double> Task, World World, IReadOnlyList<Vector2> Goals, int Horizon,
    IReadOnlyList<ReplayStep> Steps, IReadOnlyList<string> Layers, ReferenceReturn Reference, double UntrainedReturn, ReturnMap Map,
    ActionField Field)
{
    /// <summary>K.</summary>
    public int InnerSteps => Steps.Count - 1;

    /// <summary>The same measured against another return; what is best known is never below what the policy returned here.</summary>
    public Replay MeasuredAgainst(ReferenceReturn reference) => this with { Reference = reference.AtLeast(Steps.Max(step => step.Returns.Mean)) };
}
