using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// ProMP: several Adam steps on the clipped surrogate of the adapted policies, with a penalty on the KL from the policies that sampled
/// the support batches.
/// </summary>
[Choice("promp", Label = "ProMP", Source = "Rothfuss et al. 2019, algorithm 1 and equation 13, arXiv 1810.06784")]
public sealed record ProMp : PolicyRecipe
{
    [Description("Weight of the mean KL on the support batches in the outer loss.")]
    [Range(0, 1e6)]
    public double SupportKlPenalty { get; init; } = 5e-4;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions();

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => base.Compose(setting) with { Penalty = SupportDivergence };

    private Tensor SupportDivergence(IReadOnlyList<ITaskLosses> losses) =>
        stack([.. losses.SkipLast(1).Select(support => support.Divergence()!.mean())]).mean() * Number(SupportKlPenalty);
}
