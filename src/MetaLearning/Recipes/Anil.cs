namespace MamlRobotics.MetaLearning;

/// <summary>
/// ANIL: MAML whose inner steps change the head alone: the last weight matrix of the model and what follows it, such as its bias.
/// </summary>
[Choice("anil", Label = "ANIL", Source = "Raghu et al. 2020, section 4, arXiv 1909.09157")]
public sealed record Anil : GradientRecipe
{
    /// <inheritdoc/>
    protected override GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further)
    {
        // A model without a matrix is all head.
        int head = setting.Model.Blocks.LastOrDefault(block => block.Shape.Length > 1)?.Offset ?? 0;
        return base.Adaptation(setting, further) with { Mask = setting.Mask(block => block.Offset >= head) };
    }
}
