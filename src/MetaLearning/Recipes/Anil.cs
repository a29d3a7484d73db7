namespace MamlRobotics.MetaLearning;

/// <summary>
/// ANIL: MAML whose inner steps change only the head, which is the last weight matrix of the model and the blocks after it, such as
/// its bias.
/// </summary>
[Choice("anil", Label = "ANIL", Source = "Raghu et al. 2020, section 4, arXiv 1909.09157")]
public sealed record Anil : GradientRecipe
{
    /// <inheritdoc/>
    protected override GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further)
    {
        // In a model without a matrix, everything is the head.
        int head = setting.Model.Blocks.LastOrDefault(block => block.Shape.Length > 1)?.Offset ?? 0;
        return base.Adaptation(setting, further) with { Mask = setting.Mask(block => block.Offset >= head) };
    }
}
