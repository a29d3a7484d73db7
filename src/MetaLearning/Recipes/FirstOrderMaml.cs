namespace MamlRobotics.MetaLearning;

/// <summary>First-order MAML: it uses the outer gradient at the adapted parameters in place of that at the initial ones.</summary>
[Choice("fomaml", Label = "FOMAML", Source = "Finn, Abbeel and Levine 2017, section 5.2, arXiv 1703.03400")]
public sealed record FirstOrderMaml : GradientRecipe
{
    public FirstOrderMaml() => FirstOrder = true;
}
