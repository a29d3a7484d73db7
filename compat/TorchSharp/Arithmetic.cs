// Sums, products and the operators + - * / %.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Op.Add.Call(this, target, Record.Of(1));
        public Tensor add(Tensor target, Scalar alpha) => Op.Add.Call(this, target, Record.Of(alpha));
        public Tensor add(Scalar scalar) => Op.AddScalar.Call(this, Record.Of(scalar), Record.Of(1));
        public Tensor add(Scalar scalar, Scalar alpha) => Op.AddScalar.Call(this, Record.Of(scalar), Record.Of(alpha));
        public Tensor sub(Tensor target) => Op.Sub.Call(this, target, Record.Of(1));
        public Tensor sub(Scalar target) => Op.SubScalar.Call(this, Record.Of(target), Record.Of(1));
        public Tensor mul(Tensor target) => Op.Mul.Call(this, target);
        public Tensor mul(Scalar target) => Op.MulScalar.Call(this, Record.Of(target));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Op.Div.Call(this, target) : Op.DivMode.Boxed(this, target, Name(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Op.DivScalar.Call(this, Record.Of(target)) : Op.DivScalarMode.Boxed(this, target, Name(rounding_mode));

        public Tensor remainder(Tensor target) => Op.Remainder.Call(this, target);
        public Tensor remainder(Scalar scalar) => Op.RemainderScalar.Call(this, Record.Of(scalar));
        public Tensor floor_divide(Tensor other) => Op.FloorDivide.Call(this, other);
        public Tensor floor_divide(Scalar other) => Op.FloorDivideScalar.Call(this, Record.Of(other));

        public Tensor add_(Tensor target) => Op.AddInPlace.InPlace(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Op.AddInPlace.InPlace(this, target, alpha);
        public Tensor add_(Scalar scalar) => Op.AddScalarInPlace.InPlace(this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Op.AddScalarInPlace.InPlace(this, scalar, alpha);
        public Tensor sub_(Tensor target) => Op.SubInPlace.InPlace(this, target);
        public Tensor sub_(Scalar target) => Op.SubScalarInPlace.InPlace(this, target);
        public Tensor mul_(Tensor target) => Op.MulInPlace.InPlace(this, target);
        public Tensor mul_(Scalar target) => Op.MulScalarInPlace.InPlace(this, target);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.DivModeInPlace.InPlace(this, target, Name(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.DivScalarModeInPlace.InPlace(this, target, Name(rounding_mode));

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);
        public static Tensor operator +(Tensor left, int right) => left.Plus(Record.Of(right));
        public static Tensor operator +(Tensor left, long right) => left.Plus(Record.Of(right));
        public static Tensor operator +(Tensor left, float right) => left.Plus(Record.Of((double)right));
        public static Tensor operator +(Tensor left, double right) => left.Plus(Record.Of(right));
        public static Tensor operator +(int left, Tensor right) => right.Plus(Record.Of(left));
        public static Tensor operator +(long left, Tensor right) => right.Plus(Record.Of(left));
        public static Tensor operator +(float left, Tensor right) => right.Plus(Record.Of((double)left));
        public static Tensor operator +(double left, Tensor right) => right.Plus(Record.Of(left));

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);
        public static Tensor operator -(Scalar left, Tensor right) => right.MinusFrom(Record.Of(left));
        public static Tensor operator -(Tensor left, int right) => left.Minus(Record.Of(right));
        public static Tensor operator -(Tensor left, long right) => left.Minus(Record.Of(right));
        public static Tensor operator -(Tensor left, float right) => left.Minus(Record.Of((double)right));
        public static Tensor operator -(Tensor left, double right) => left.Minus(Record.Of(right));
        public static Tensor operator -(int left, Tensor right) => right.MinusFrom(Record.Of(left));
        public static Tensor operator -(long left, Tensor right) => right.MinusFrom(Record.Of(left));
        public static Tensor operator -(float left, Tensor right) => right.MinusFrom(Record.Of((double)left));
        public static Tensor operator -(double left, Tensor right) => right.MinusFrom(Record.Of(left));

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);
        public static Tensor operator *(Tensor left, int right) => left.Times(Record.Of(right));
        public static Tensor operator *(Tensor left, long right) => left.Times(Record.Of(right));
        public static Tensor operator *(Tensor left, float right) => left.Times(Record.Of((double)right));
        public static Tensor operator *(Tensor left, double right) => left.Times(Record.Of(right));
        public static Tensor operator *(int left, Tensor right) => right.Times(Record.Of(left));
        public static Tensor operator *(long left, Tensor right) => right.Times(Record.Of(left));
        public static Tensor operator *(float left, Tensor right) => right.Times(Record.Of((double)left));
        public static Tensor operator *(double left, Tensor right) => right.Times(Record.Of(left));

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);
        public static Tensor operator /(Scalar left, Tensor right) => right.Under(Record.Of(left));
        public static Tensor operator /(Tensor left, int right) => left.Over(Record.Of(right));
        public static Tensor operator /(Tensor left, long right) => left.Over(Record.Of(right));
        public static Tensor operator /(Tensor left, float right) => left.Over(Record.Of((double)right));
        public static Tensor operator /(Tensor left, double right) => left.Over(Record.Of(right));
        public static Tensor operator /(int left, Tensor right) => right.Under(Record.Of(left));
        public static Tensor operator /(long left, Tensor right) => right.Under(Record.Of(left));
        public static Tensor operator /(float left, Tensor right) => right.Under(Record.Of((double)left));
        public static Tensor operator /(double left, Tensor right) => right.Under(Record.Of(left));

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);
        public static Tensor operator %(Tensor left, int right) => Op.RemainderScalar.Call(left, Record.Of(right));
        public static Tensor operator %(Tensor left, long right) => Op.RemainderScalar.Call(left, Record.Of(right));
        public static Tensor operator %(Tensor left, float right) => Op.RemainderScalar.Call(left, Record.Of((double)right));
        public static Tensor operator %(Tensor left, double right) => Op.RemainderScalar.Call(left, Record.Of(right));

        private Tensor Plus(Record number) => Op.AddScalar.Call(this, number, Record.Of(1));
        private Tensor Minus(Record number) => Op.SubScalar.Call(this, number, Record.Of(1));
        private Tensor MinusFrom(Record number) => Op.RsubScalar.Call(this, number, Record.Of(1));
        private Tensor Times(Record number) => Op.MulScalar.Call(this, number);
        private Tensor Over(Record number) => Op.DivScalar.Call(this, number);

        // As in the real package, so that both round alike.
        private Tensor Under(Record number)
        {
            using Tensor inverse = reciprocal();
            return inverse.Times(number);
        }

        private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }

    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);
}

internal static partial class Op
{
    internal static readonly Operator Add = new("add", "Tensor");
    internal static readonly Operator AddScalar = new("add", "Scalar");
    internal static readonly Operator AddInPlace = new("add_", "Tensor");
    internal static readonly Operator AddScalarInPlace = new("add_", "Scalar");
    internal static readonly Operator Sub = new("sub", "Tensor");
    internal static readonly Operator SubScalar = new("sub", "Scalar");
    internal static readonly Operator SubInPlace = new("sub_", "Tensor");
    internal static readonly Operator SubScalarInPlace = new("sub_", "Scalar");
    internal static readonly Operator RsubScalar = new("rsub", "Scalar");
    internal static readonly Operator Mul = new("mul", "Tensor");
    internal static readonly Operator MulScalar = new("mul", "Scalar");
    internal static readonly Operator MulInPlace = new("mul_", "Tensor");
    internal static readonly Operator MulScalarInPlace = new("mul_", "Scalar");
    internal static readonly Operator Div = new("div", "Tensor");
    internal static readonly Operator DivScalar = new("div", "Scalar");
    internal static readonly Operator DivMode = new("div", "Tensor_mode");
    internal static readonly Operator DivScalarMode = new("div", "Scalar_mode");
    internal static readonly Operator DivModeInPlace = new("div_", "Tensor_mode");
    internal static readonly Operator DivScalarModeInPlace = new("div_", "Scalar_mode");
    internal static readonly Operator Remainder = new("remainder", "Tensor");
    internal static readonly Operator RemainderScalar = new("remainder", "Scalar");
    internal static readonly Operator FloorDivide = new("floor_divide");
    internal static readonly Operator FloorDivideScalar = new("floor_divide", "Scalar");
}
