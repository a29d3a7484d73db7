using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The batch that the policy sampled after some gradient steps, and how far the last step moved its parameters.</summary>
/// <param name="Shown">An episode in which the policy acts by its mean, without exploring</param>
/// <param name="ParameterChange">For each layer the length of the step relative to the parameters before it; empty for the prior</param>
public sealed record ReplayStep(IReadOnlyList<Trajectory> Trajectories, Trajectory Shown, IReadOnlyList<double> ParameterChange)
{
    /// <summary>The returns of the trajectories.</summary>
    public StepReturns Returns { get; } = new([.. Trajectories.Select(trajectory => trajectory.Return)]);
}

/// <summary>Names the policy and the task for the reader.</summary>
public sealed record ReplayTitle(string Family, string Algorithm, string Run, int Iteration, string Task)
{
    /// <summary>As in <see cref="MetaLearning.Recipe.StepName"/>. Files of earlier versions do not have it.</summary>
    public string StepName { get; init; } = "gradient step";
}

/// <summary>A policy's adaptation to one task, with everything that is shown of it.</summary>
/// <param name="Steps">K + 1: the prior, then the policy after each gradient step</param>
/// <param name="Goals">Goals of other tasks of the family, which are drawn faintly</param>
/// <param name="Layers">Names of the layers whose changes are given</param>
/// <param name="Reference">Return of optimal control, or the best known return; NaN where none was searched for</param>
/// <param name="UntrainedReturn">Mean return of the randomly initialised policy that training began with</param>
public sealed record Replay(
    ReplayTitle Title, IReadOnlyList<Coordinate> TaskColumns, IReadOnlyList<double> Task, World World, IReadOnlyList<Vector2> Goals,
    int Horizon, IReadOnlyList<ReplayStep> Steps, IReadOnlyList<string> Layers, ReferenceReturn Reference, double UntrainedReturn,
    ReturnMap Map, ActionField Field)
{
    /// <summary>K.</summary>
    public int InnerSteps => Steps.Count - 1;

    /// <summary>The replay with another reference. A best known return is never below the policy's own best mean return.</summary>
    public Replay MeasuredAgainst(ReferenceReturn reference) =>
        this with { Reference = reference.AtLeast(Steps.Max(step => step.Returns.Mean)) };
}
