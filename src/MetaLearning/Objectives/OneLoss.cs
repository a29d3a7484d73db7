namespace MamlRobotics.MetaLearning;

/// <summary>A loss that inner steps and the outer step share, of a model without a divergence.</summary>
/// <param name="Loss">[N]</param>
public sealed record OneLoss(Tensor Loss) : ITaskLosses
{
    public IEnumerable<(string Name, Tensor Value)> Figures => [];

    public Tensor Inner(int step) => Loss;

    public Tensor Outer() => Loss;

    public Tensor? Divergence() => null;
}
