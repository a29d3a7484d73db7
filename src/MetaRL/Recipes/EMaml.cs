using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// E-MAML: the outer loss also credits the initial policies for support episodes after which adaptation gave a high return. As in
/// the code of ProMP's authors, only the first of several support batches gets credit. <see cref="ExplorationTerm"/> says how
/// returns are scaled.
/// </summary>
[Choice("e-maml", Label = "E-MAML", Source = "Stadie et al. 2018, equation 4, arXiv 1803.01118")]
public sealed record EMaml : PolicyRecipe
{
    [Description("Weight of the credit for exploration in the outer loss.")]
    [Range(0.0, 1e6)]
    public double ExplorationWeight { get; init; } = 1;

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => base.Compose(setting) with { Penalty = Exploration };

    private Tensor Exploration(IReadOnlyList<ITaskLosses> losses)
    {
        PolicyOnBatch support = ((PolicyModel.Losses)losses[0]).Seen, query = ((PolicyModel.Losses)losses[^1]).Seen;
        return ExplorationTerm.Of(support, query.Batch, support.Batch.SampleCount).mean() * Number(ExplorationWeight);
    }
}
