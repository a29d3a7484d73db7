using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>The evaluation of a checkpoint that `maml eval` and the end of `maml demo` perform.</summary>
internal sealed record CheckpointEvaluation(string Path, Checkpoint Checkpoint, EvaluationTasks Tasks, torch.Device Device, int Threads)
{
    /// <summary>The seed of evaluations is fixed, so that two figures can be compared.</summary>
    public const long DefaultSeed = 40;

    public const int DefaultSteps = 3, DefaultEpisodes = 40;

    public int Steps { get; init; } = DefaultSteps;

    /// <summary>Fresh episodes per task and step.</summary>
    public int Episodes { get; init; } = DefaultEpisodes;

    public long Seed { get; init; } = DefaultSeed;

    /// <summary>Whether returns are those of the policy's mean actions.</summary>
    public bool Deterministic { get; init; }

    /// <summary>What the episodes of an evaluation are drawn from.</summary>
    public static RandomStream StreamOf(long seed) => RandomStream.FromSeed(seed).Stream("evaluation");

    public IReadOnlyList<StepEvaluation> Run() => TensorScope.Free(() =>
    {
        using var experiment = new Experiment(Checkpoint.PolicyConfig(), Device, Threads);
        IReadOnlyList<StepEvaluation> result = Evaluator.Evaluate(
            experiment.Sampler, experiment.Family, Checkpoint.Meta(Device), Tasks.Tasks, Steps, Episodes,
            StreamOf(Seed), Deterministic, References(experiment.Family));
        ReferenceFile.Of(Path).Keep(experiment.Family, Tasks.Tasks);
        return result;
    });

    /// <param name="result">The result of <see cref="Run"/></param>
    public void Write(string json, IReadOnlyList<StepEvaluation> result)
    {
        var protocol = new EvaluationProtocol(
            Checkpoint.PolicyConfig().Environment, Checkpoint.Iteration, Tasks.Source, Tasks.Tasks, Episodes, Seed, Deterministic);
        EvaluationFile.Write(json, Path, protocol, Machine.Describe(Device, Threads), result);
    }

    /// <summary>The reference return of every task, [N]; where a planner has to find them, progress is shown.</summary>
    public IReadOnlyList<ReferenceReturn> References(TaskFamily family)
    {
        using var progress = new PhaseProgress();
        return ReferenceFile.Of(Path).Find(family, Tasks.Tasks, Threads, planned =>
            progress.Show($"planning best known returns, {planned} of {Tasks.Tasks.Count} tasks"));
    }
}
