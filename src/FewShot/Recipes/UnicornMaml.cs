namespace MamlRobotics.FewShot;

/// <summary>
/// UNICORN-MAML: MAML whose output layer starts from the same vector for every class, so that the order of the classes does not matter.
/// A softmax ignores what all classes have in common, so the vector is zero here. The first step then changes the output layer alone.
/// </summary>
[Choice("unicorn-maml", Label = "UNICORN-MAML", Source = "Ye and Chao 2022, section 5, arXiv 2106.16245")]
public sealed record UnicornMaml : ZeroOutputRecipe
{
    /// <inheritdoc/>
    public override IClassifierHead Head => new LinearHead();
}
