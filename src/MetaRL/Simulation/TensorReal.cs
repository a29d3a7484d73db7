using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// A number for each environment as the elements of a tensor on any device, or a constant for all environments. A constant stays
/// a number until it is combined with a tensor, so it needs neither memory nor a device. The default is the constant zero.
/// </summary>
public readonly record struct TensorReal : IReal<TensorReal>
{
    private readonly Tensor? tensor;
    private readonly double constant;

    public TensorReal(Tensor tensor) => this.tensor = tensor;

    private TensorReal(double constant) => this.constant = constant;

    /// <summary>The numbers as a tensor with the shape and device of another, and its precision if it holds numbers.</summary>
    public Tensor FilledAs(Tensor other) =>
        tensor ?? full(other.shape, Number(constant), other.is_floating_point() ? other.dtype : float32, other.device);

    public static TensorReal Of(double value) => new(value);

    public static TensorReal operator +(TensorReal left, TensorReal right) =>
        Combined(left, right, (a, b) => a + b, (a, b) => a.Plus(b), (a, b) => a.Plus(b), (a, b) => b.Plus(a));

    public static TensorReal operator -(TensorReal left, TensorReal right) =>
        Combined(left, right, (a, b) => a - b, (a, b) => a - b, (a, b) => a - Number(b), (a, b) => b.neg().Plus(a));

    public static TensorReal operator *(TensorReal left, TensorReal right) =>
        Combined(left, right, (a, b) => a * b, (a, b) => a * b, (a, b) => a * Number(b), (a, b) => b * Number(a));

    public static TensorReal operator /(TensorReal left, TensorReal right) =>
        Combined(left, right, (a, b) => a / b, (a, b) => a / b, (a, b) => a / Number(b), (a, b) => Number(a) / b);

    public static TensorReal operator -(TensorReal value) => Applied(value, t => -t, c => -c);

    public static TensorReal Sqrt(TensorReal value) => Applied(value, t => t.sqrt(), Math.Sqrt);
    public static TensorReal Exp(TensorReal value) => Applied(value, t => t.exp(), Math.Exp);
    public static TensorReal Sin(TensorReal value) => Applied(value, t => t.sin(), Math.Sin);
    public static TensorReal Cos(TensorReal value) => Applied(value, t => t.cos(), Math.Cos);
    public static (TensorReal Sin, TensorReal Cos) SinCos(TensorReal value) => (Sin(value), Cos(value));
    public static TensorReal Tanh(TensorReal value) => Applied(value, t => t.tanh(), Math.Tanh);
    public static TensorReal Abs(TensorReal value) => Applied(value, t => t.abs(), Math.Abs);
    public static TensorReal Floor(TensorReal value) => Applied(value, t => t.floor(), Math.Floor);

    public static TensorReal Min(TensorReal left, TensorReal right) =>
        Combined(left, right, Math.Min, (a, b) => a.minimum(b), (a, b) => a.clamp_max(Number(b)), (a, b) => b.clamp_max(Number(a)));

    public static TensorReal Max(TensorReal left, TensorReal right) =>
        Combined(left, right, Math.Max, (a, b) => a.maximum(b), (a, b) => a.clamp_min(Number(b)), (a, b) => b.clamp_min(Number(a)));

    public static Mask<TensorReal> operator <(TensorReal left, TensorReal right) =>
        new(Combined(left, right, (a, b) => a < b ? 1 : 0, (a, b) => a.lt(b), (a, b) => a.lt(Number(b)), (a, b) => b.gt(Number(a))));

    public static Mask<TensorReal> operator >(TensorReal left, TensorReal right) => right < left;

    public static Mask<TensorReal> And(Mask<TensorReal> left, Mask<TensorReal> right) => new(Combined(
        left.Bits, right.Bits,
        (a, b) => a * b,
        (a, b) => a.logical_and(b),
        (a, b) => b != 0 ? a : a.logical_and(a.logical_not()),
        (a, b) => a != 0 ? b : b.logical_and(b.logical_not())));

    public static Mask<TensorReal> Or(Mask<TensorReal> left, Mask<TensorReal> right) => Not(And(Not(left), Not(right)));

    public static Mask<TensorReal> Not(Mask<TensorReal> value) => new(Applied(value.Bits, t => t.logical_not(), c => 1 - c));

    public static TensorReal Select(Mask<TensorReal> mask, TensorReal yes, TensorReal no)
    {
        if (mask.Bits.tensor is { } condition) return new(where(condition, yes.FilledAs(condition), no.FilledAs(condition)));
        return mask.Bits.constant != 0 ? yes : no;
    }

    /// <summary>A truth value for each environment as a tensor of booleans with the shape and device of another.</summary>
    public static Tensor TruthFilledAs(Mask<TensorReal> mask, Tensor other) => mask.Bits.FilledAs(other).to(ScalarType.Bool);

    private static TensorReal Applied(TensorReal value, Func<Tensor, Tensor> tensors, Func<double, double> constants) =>
        value.tensor is { } numbers ? new(tensors(numbers)) : new(constants(value.constant));

    private static TensorReal Combined(
        TensorReal left, TensorReal right, Func<double, double, double> constants,
        Func<Tensor, Tensor, Tensor> tensors, Func<Tensor, double, Tensor> leftTensor, Func<double, Tensor, Tensor> rightTensor) =>
        (left.tensor, right.tensor) switch
        {
            ({ } a, { } b) => new(tensors(a, b)),
            ({ } a, null) => new(leftTensor(a, right.constant)),
            (null, { } b) => new(rightTensor(left.constant, b)),
            _ => new(constants(left.constant, right.constant)),
        };
}
