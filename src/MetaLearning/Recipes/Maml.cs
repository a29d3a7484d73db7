namespace MamlRobotics.MetaLearning;

/// <summary>MAML: the outer gradient is taken through the inner steps.</summary>
[Choice("maml", Label = "MAML", Source = "Finn, Abbeel and Levine 2017, algorithms 1 and 3, arXiv 1703.03400")]
public sealed record Maml : GradientRecipe;
