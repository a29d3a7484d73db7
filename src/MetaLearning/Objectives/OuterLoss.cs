namespace MamlRobotics.MetaLearning;

/// <summary>The outer loss on some tasks.</summary>
/// <param name="Loss">Scalar: the loss with its penalty</param>
/// <param name="Divergence">
/// Scalar: the mean divergence of the adapted models from those that gave the query data, nats; null where there is none
/// </param>
/// <param name="Gradient">[Q]; null where it was not computed</param>
public sealed record OuterLoss(Tensor Loss, Tensor? Divergence, Tensor? Gradient = null) : ITensorHolder
{
    /// <summary>Further scalars with their names, in order.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures { get; init; } = [];

    public IEnumerable<Tensor> Tensors =>
        ((Tensor?[])[Loss, Divergence, Gradient, .. Figures.Select(figure => figure.Value)]).OfType<Tensor>();

    /// <summary>All numbers one after another.</summary>
    internal Tensor Packed => cat([.. Tensors.Select(tensor => tensor.flatten())]);

    /// <summary>The loss, of the same parts as this one, that <see cref="Packed"/> was taken of.</summary>
    internal OuterLoss Unpacked(Tensor packed)
    {
        long at = 0;
        Tensor Next(Tensor like)
        {
            // A copy, because products round differently with where their operands lie.
            Tensor next = packed.narrow(0, at, like.numel()).view(like.shape).to(like.dtype).clone();
            at += like.numel();
            return next;
        }
        return new(Next(Loss), Divergence is null ? null : Next(Divergence), Gradient is null ? null : Next(Gradient))
        {
            Figures = [.. Figures.Select(figure => (figure.Name, Next(figure.Value)))],
        };
    }

    public static OuterLoss operator +(OuterLoss left, OuterLoss right) =>
        new(left.Loss.Plus(right.Loss), Sum(left.Divergence, right.Divergence), Sum(left.Gradient, right.Gradient))
        {
            Figures = [.. left.Figures.Zip(right.Figures, (one, other) => (one.Name, one.Value.Plus(other.Value)))],
        };

    public static OuterLoss operator *(OuterLoss loss, double factor) =>
        new(loss.Loss * Number(factor), Product(loss.Divergence, factor), Product(loss.Gradient, factor))
        {
            Figures = [.. loss.Figures.Select(figure => (figure.Name, figure.Value * Number(factor)))],
        };

    private static Tensor? Sum(Tensor? left, Tensor? right) => left is null || right is null ? null : left.Plus(right);

    private static Tensor? Product(Tensor? value, double factor) => value is null ? null : value * Number(factor);
}
