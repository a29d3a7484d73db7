using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// CAVIA: inner steps change only context parameters, which are further inputs of the network and are zero at the start of each task.
/// The weights theta are learned by outer steps and are the same for all tasks.
/// </summary>
[Choice("cavia", Label = "CAVIA", Source = "Zintgraf et al. 2019, algorithms 1 and 2, arXiv 1810.03642")]
public sealed record Cavia : GradientRecipe
{
    [Description("Number of context parameters of the network.")]
    [Range(1, 10_000)]
    public int ContextParameters { get; init; } = 5;

    /// <inheritdoc/>
    public override int ContextSize => ContextParameters;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => base.Compose(setting) with { IsFrozen = IsContext };

    /// <inheritdoc/>
    protected override GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further)
    {
        if (!setting.Model.Blocks.Any(IsContext))
            throw new InputException("cavia needs a network with context parameters, and this one has none.");
        return base.Adaptation(setting, further) with
        {
            Mask = setting.Mask(IsContext),
            StartMask = setting.Mask(block => !IsContext(block)),
        };
    }

    private static bool IsContext(ParameterBlock block) => block.Name == ParameterLayout.Context;
}
