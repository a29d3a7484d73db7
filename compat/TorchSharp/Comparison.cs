// Comparisons; each gives a tensor of truth values.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Op.Eq.Call(this, target);
        public Tensor eq(Scalar target) => Op.EqScalar.Call(this, Record.Of(target));
        public Tensor ne(Tensor target) => Op.Ne.Call(this, target);
        public Tensor ne(Scalar target) => Op.NeScalar.Call(this, Record.Of(target));
        public Tensor lt(Tensor target) => Op.Lt.Call(this, target);
        public Tensor lt(Scalar target) => Op.LtScalar.Call(this, Record.Of(target));
        public Tensor le(Tensor target) => Op.Le.Call(this, target);
        public Tensor le(Scalar target) => Op.LeScalar.Call(this, Record.Of(target));
        public Tensor gt(Tensor target) => Op.Gt.Call(this, target);
        public Tensor gt(Scalar target) => Op.GtScalar.Call(this, Record.Of(target));
        public Tensor ge(Tensor target) => Op.Ge.Call(this, target);
        public Tensor ge(Scalar target) => Op.GeScalar.Call(this, Record.Of(target));

        /// <summary>Element by element, not a single truth value; see <see cref="Equals(Tensor)"/>.</summary>
        public Tensor equal(Tensor target) => eq(target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Op.Allclose.Value(this, target, rtol, atol, equal_nan).Bits != 0;

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Op.Isclose.Boxed(this, other, rtol, atol, nanEqual);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
    }

    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);
    public static Tensor le(Tensor left, Tensor right) => left.le(right);
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);
    public static Tensor equal(Tensor tensor, Tensor target) => tensor.eq(target);

    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
        tensor.isclose(other, rtol, atol, nanEqual);
}

internal static partial class Op
{
    internal static readonly Operator Eq = new("eq", "Tensor");
    internal static readonly Operator EqScalar = new("eq", "Scalar");
    internal static readonly Operator Ne = new("ne", "Tensor");
    internal static readonly Operator NeScalar = new("ne", "Scalar");
    internal static readonly Operator Lt = new("lt", "Tensor");
    internal static readonly Operator LtScalar = new("lt", "Scalar");
    internal static readonly Operator Le = new("le", "Tensor");
    internal static readonly Operator LeScalar = new("le", "Scalar");
    internal static readonly Operator Gt = new("gt", "Tensor");
    internal static readonly Operator GtScalar = new("gt", "Scalar");
    internal static readonly Operator Ge = new("ge", "Tensor");
    internal static readonly Operator GeScalar = new("ge", "Scalar");
    internal static readonly Operator Allclose = new("allclose");
    internal static readonly Operator Isclose = new("isclose");
}
