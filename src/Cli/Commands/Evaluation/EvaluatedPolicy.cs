using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>A run of policies whose evaluation can be repeated.</summary>
/// <param name="Returns">The recorded returns after 0 to K gradient steps</param>
internal sealed record EvaluatedPolicy(string Name, string Path, IReadOnlyList<StepEvaluation> Returns, EvaluationProtocol Protocol)
{
    /// <exception cref="InputException">The run is not evaluated, is of another problem, or was evaluated by an early version.</exception>
    public static EvaluatedPolicy Of(RecordedRun run)
    {
        if (run.Evaluation is null) throw new InputException(run.WhyUnevaluated);
        if (run.Evaluation is not PolicyEvaluation evaluation)
        {
            throw new InputException(
                $"{run.Name} is of the problem {run.Config.Problem}; only evaluations of policies are bundled and repeated.");
        }
        return evaluation.Protocol is { } protocol ? new(run.Name, run.Path, evaluation.Returns, protocol)
            : throw new InputException($"The evaluation of {run.Name} is of an earlier version, which does not tell its tasks.");
    }

    /// <summary>Reads a run folder.</summary>
    /// <inheritdoc cref="Of"/>
    public static EvaluatedPolicy Read(string path) => Of(RecordedRun.Read(path));

    /// <exception cref="InputException">The run no longer has the checkpoint that was evaluated.</exception>
    public IReadOnlyList<StepEvaluation> EvaluateAgain(torch.Device device, int threads)
    {
        string[] files = [RunFolder.BestIn(Path), RunFolder.LatestIn(Path)];
        Checkpoint[] checkpoints = [.. files.Where(File.Exists).Select(Checkpoint.Read)];
        Checkpoint checkpoint = checkpoints.FirstOrDefault(file => file.Iteration == Protocol.Iteration)
            ?? throw new InputException($"{Name} has no checkpoint of iteration {Protocol.Iteration}, which was evaluated.");
        return TensorScope.Free(() =>
        {
            using var experiment = new Experiment(checkpoint.PolicyConfig(), device, threads);
            return Evaluator.Evaluate(
                experiment.Sampler, experiment.Family, checkpoint.Meta(device), Protocol.Tasks, Returns.Count - 1, Protocol.Episodes,
                CheckpointEvaluation.StreamOf(Protocol.Seed), Protocol.Deterministic);
        });
    }
}
