using System.Text.Json.Nodes;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>A run whose evaluation can be repeated.</summary>
/// <param name="Recorded">The evaluation that is in its folder</param>
internal sealed record EvaluatedRun(string Name, string Path, RecordedEvaluation Recorded)
{
    private int Steps => Recorded.Steps.Count - 1;

    private int Count => Recorded.Steps[0].Values.Count;

    /// <exception cref="InputException">The run is not evaluated, or was evaluated by an early version.</exception>
    public static EvaluatedRun Of(RecordedRun run)
    {
        RecordedEvaluation evaluation = run.Evaluation ?? throw new InputException(run.WhyUnevaluated);
        bool isRepeatable = evaluation is PolicyEvaluation policy ? policy.Protocol is not null
            : evaluation.Iteration is not null && evaluation.Settings["seed"] is not null
                && (run.Config is not ClassificationConfig || ClassificationEvaluation.AreRepeatable(evaluation.Settings));
        return isRepeatable ? new(run.Name, run.Path, evaluation) : throw new InputException(
            $"The evaluation of {run.Name} is of an earlier version, which does not tell all of its settings; evaluate the run again.");
    }

    /// <summary>Reads a run folder.</summary>
    /// <inheritdoc cref="Of"/>
    public static EvaluatedRun Read(string path) => Of(RecordedRun.Read(path));

    /// <exception cref="InputException">The evaluated checkpoint is gone, or this machine lacks the test pictures.</exception>
    public IReadOnlyList<StepScores> EvaluateAgain(torch.Device device, int threads)
    {
        string[] files = [RunFolder.BestIn(Path), RunFolder.LatestIn(Path)];
        Checkpoint[] checkpoints = [.. files.Where(File.Exists).Select(Checkpoint.Read)];
        Checkpoint checkpoint = checkpoints.FirstOrDefault(file => file.Iteration == Recorded.Iteration)
            ?? throw new InputException($"{Name} has no checkpoint of iteration {Recorded.Iteration}, which was evaluated.");
        return checkpoint.Config switch
        {
            SinusoidConfig sinusoid =>
                new SinusoidEvaluation(Path, checkpoint, sinusoid, device, threads) { Steps = Steps, Seed = Seed() }.Evaluate(Count),
            ClassificationConfig pictures =>
                ClassificationEvaluation.Of(Recorded, Path, checkpoint, pictures, device, threads).Evaluate(),
            OptimisationConfig optimiser => new OptimisationEvaluation(Path, checkpoint, optimiser, device, threads)
            {
                Seed = Seed(), Functions = Count,
            }.MeasureLearned(),
            _ => EvaluatePolicies(checkpoint, device, threads),
        };
    }

    private long Seed() => Recorded.Settings["seed"]!.GetValue<long>();

    private IReadOnlyList<StepScores> EvaluatePolicies(Checkpoint checkpoint, torch.Device device, int threads) => TensorScope.Free(() =>
    {
        EvaluationProtocol protocol = ((PolicyEvaluation)Recorded).Protocol!;
        using var experiment = new Experiment(checkpoint.PolicyConfig(), device, threads);
        return Evaluator.Evaluate(
            experiment.Sampler, experiment.Family, checkpoint.Meta(device), protocol.Tasks, Steps, protocol.Episodes,
            CheckpointEvaluation.StreamOf(protocol.Seed), protocol.Deterministic);
    });
}
