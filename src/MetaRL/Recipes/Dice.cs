using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// MAML with DiCE in the inner loss, or Loaded DiCE: the meta-gradient sees how early actions change what later ones meet.
/// </summary>
[Choice("dice", Label = "DiCE",
    Source = "Foerster et al. 2018, arXiv 1802.05098; Farquhar, Whiteson and Foerster 2019, equation 12, arXiv 1909.10549")]
public sealed record Dice : PolicyRecipe
{
    [Description("How far back an action's weight reaches. 1: DiCE, without bias; less: Loaded DiCE, with less variance; 0: LVC.")]
    [Range(0.0, 1.0)]
    public double Lambda { get; init; } = 1;

    /// <inheritdoc/>
    public override bool FollowsEpisodes => true;

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) => new LoadedDice(Lambda, spec.Horizon);
}
