using System.Text.Json.Serialization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The size of one meta-iteration on 2D navigation. By default everything is as in the MAML paper.</summary>
public sealed record IterationSize
{
    /// <summary>The paper's size: 20 tasks x 20 trajectories x 100 steps, policy 2-100-100-2, one inner step, exact second order.</summary>
    public static MetaTrainingConfig Paper { get; } = new() { InnerLearningRates = [0.5, 0.25] };

    /// <summary>N, the number of tasks.</summary>
    public int Tasks { get; init; } = Paper.MetaBatchSize;

    /// <summary>B, the number of trajectories of each task.</summary>
    public int Trajectories { get; init; } = Paper.TrajectoriesPerTask;

    /// <summary>T, the number of steps after which an episode is truncated.</summary>
    public int Horizon { get; init; } = TaskFamilies.ByName[Paper.Environment].Spec.Horizon;

    /// <summary>The number of units of each of the two hidden layers.</summary>
    public int Width { get; init; } = Paper.HiddenSizes[0];

    public int ConjugateGradientIterations { get; init; } = new TrustRegionOptions().ConjugateGradientIterations;

    /// <summary>Curvature is measured at one of this many samples.</summary>
    public int CurvatureStride { get; init; } = new TrustRegionOptions().CurvatureStride;

    [JsonIgnore]
    public MetaTrainingConfig Config => Paper with
    {
        MetaBatchSize = Tasks, TrajectoriesPerTask = Trajectories, HiddenSizes = [Width, Width],
        Optimiser = new TrustRegionOptions { ConjugateGradientIterations = ConjugateGradientIterations, CurvatureStride = CurvatureStride },
    };

    /// <summary>The paper's family, with this horizon.</summary>
    [JsonIgnore]
    public TaskFamily Family
    {
        get
        {
            TaskFamily paper = TaskFamilies.ByName[Paper.Environment];
            if (Horizon == paper.Spec.Horizon) return paper;
            var robot = (PointRobot)paper.Environment;
            return TaskFamily.Of(paper.Name, new PointRobot(robot.Design with { Horizon = Horizon }, robot.Spec.Task), paper.Tasks);
        }
    }

    public override string ToString() =>
        $"{Tasks} tasks x {Trajectories} trajectories x {Horizon} steps, policy 2-{Width}-{Width}-2, "
        + $"{ConjugateGradientIterations} conjugate gradient iterations"
        + (CurvatureStride == 1 ? "" : $", curvature at one of {CurvatureStride} steps");
}
