using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>A learner that is composed for a model: its objective and the optimiser of the outer step.</summary>
public sealed class Learner<TSamples> : IDisposable where TSamples : ITaskSamples<TSamples>
{
    /// <param name="blocks">The blocks of the model's parameters</param>
    /// <param name="threads">The number of threads on a CPU</param>
    /// <param name="group">The processes that learn together; null for this one alone</param>
    public Learner(
        Composition composition, OptimiserOptions optimiser, ITaskModel<TSamples> model, ParameterLayout blocks, Device device, int threads,
        IProcessGroup? group = null)
    {
        MetaStage stage = composition.Stage;
        TrainingSteps = composition.TrainingSteps;
        Layout = stage.Adaptation.Layout;
        var objective = new MetaObjective<TSamples>(model, stage.Adaptation, stage.StepWeights)
        {
            Penalty = composition.Penalty, StepsApart = stage.StepsApart,
        };
        optimiser.Require(objective);
        Objective = TaskParallelObjective<TSamples>.On(device, objective, composition.Gradient, threads, group);
        if (composition.StageAt is { } stageAt) Objective.Schedule = progress => At(objective, stageAt(progress));
        Optimiser = optimiser.Create(Objective, Rates(composition, blocks, device));
    }

    public MetaLayout Layout { get; }

    /// <inheritdoc cref="Composition.TrainingSteps"/>
    public int? TrainingSteps { get; }

    public TaskParallelObjective<TSamples> Objective { get; }

    public IMetaOptimiser<TSamples> Optimiser { get; }

    /// <summary>Frees the state of the optimiser and the tensors that the composition made for this learner.</summary>
    public void Dispose()
    {
        Optimiser.Dispose();
        foreach (Tensor tensor in Objective.Adaptation.Tensors) tensor.Dispose();
    }

    private static MetaObjective<TSamples> At(MetaObjective<TSamples> objective, MetaStage stage) =>
        objective with { Adaptation = stage.Adaptation, StepWeights = stage.StepWeights, StepsApart = stage.StepsApart };

    // Factors of the learning rates: zero where outer steps leave the initial values as they are, else one.
    private Tensor Rates(Composition composition, ParameterLayout blocks, Device device)
    {
        var rates = new float[Layout.Count];
        rates.AsSpan().Fill(1);
        foreach (ParameterBlock block in blocks.Blocks.Where(composition.IsFrozen)) rates.AsSpan(block.Offset, block.Length).Clear();
        return rates.CopyToTensor(device: device);
    }
}
