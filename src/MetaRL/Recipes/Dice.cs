using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// MAML with DiCE or Loaded DiCE as the inner loss, so that the meta-gradient accounts for the effect of early actions on later states.
/// </summary>
[Choice("dice", Label = "DiCE",
    Source = "Foerster et al. 2018, arXiv 1802.05098; Farquhar, Whiteson and Foerster 2019, equation 12, arXiv 1909.10549")]
public sealed record Dice : PolicyRecipe
{
    [Description("Discount of earlier actions in the loss of an action. 1: DiCE, no bias; less: Loaded DiCE, less variance; 0: LVC.")]
    [Range(0.0, 1.0)]
    public double Lambda { get; init; } = 1;

    /// <inheritdoc/>
    public override bool FollowsEpisodes => true;

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) => new LoadedDice(Lambda, spec.Horizon);
}
