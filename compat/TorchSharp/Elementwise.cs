// Functions of each element.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.Abs.Call(this);
        public Tensor acos() => Op.Acos.Call(this);
        public Tensor asin() => Op.Asin.Call(this);
        public Tensor atan() => Op.Atan.Call(this);
        public Tensor ceil() => Op.Ceil.Call(this);
        public Tensor cos() => Op.Cos.Call(this);
        public Tensor cosh() => Op.Cosh.Call(this);
        public Tensor erf() => Op.Erf.Call(this);
        public Tensor exp() => Op.Exp.Call(this);
        public Tensor expm1() => Op.Expm1.Call(this);
        public Tensor floor() => Op.Floor.Call(this);
        public Tensor log() => Op.Log.Call(this);
        public Tensor log10() => Op.Log10.Call(this);
        public Tensor log1p() => Op.Log1p.Call(this);
        public Tensor log2() => Op.Log2.Call(this);
        public Tensor neg() => Op.Neg.Call(this);
        public Tensor reciprocal() => Op.Reciprocal.Call(this);
        public Tensor relu() => Op.Relu.Call(this);
        public Tensor rsqrt() => Op.Rsqrt.Call(this);
        public Tensor sigmoid() => Op.Sigmoid.Call(this);
        public Tensor sign() => Op.Sign.Call(this);
        public Tensor sin() => Op.Sin.Call(this);
        public Tensor sinh() => Op.Sinh.Call(this);
        public Tensor sqrt() => Op.Sqrt.Call(this);
        public Tensor tan() => Op.Tan.Call(this);
        public Tensor tanh() => Op.Tanh.Call(this);
        public Tensor trunc() => Op.Trunc.Call(this);
        public Tensor isfinite() => Op.Isfinite.Call(this);
        public Tensor isinf() => Op.Isinf.Call(this);
        public Tensor isnan() => Op.Isnan.Call(this);
        public Tensor logical_not() => Op.LogicalNot.Call(this);
        public Tensor bitwise_not() => Op.BitwiseNot.Call(this);

        public Tensor exp_() => Op.ExpInPlace.InPlace(this);
        public Tensor neg_() => Op.NegInPlace.InPlace(this);
        public Tensor sqrt_() => Op.SqrtInPlace.InPlace(this);
        public Tensor tanh_() => Op.TanhInPlace.InPlace(this);
        public Tensor zero_() => Op.ZeroInPlace.InPlace(this);
        public Tensor relu_() => Op.ReluInPlace.InPlace(this);
        public Tensor sigmoid_() => Op.SigmoidInPlace.InPlace(this);
        public Tensor abs_() => Op.AbsInPlace.InPlace(this);

        public Tensor atan2(Tensor other) => Op.Atan2.Call(this, other);
        public Tensor maximum(Tensor other) => Op.Maximum.Call(this, other);
        public Tensor minimum(Tensor other) => Op.Minimum.Call(this, other);
        public Tensor logical_and(Tensor other) => Op.LogicalAnd.Call(this, other);
        public Tensor logical_or(Tensor other) => Op.LogicalOr.Call(this, other);
        public Tensor logical_xor(Tensor other) => Op.LogicalXor.Call(this, other);
        public Tensor bitwise_and(Tensor other) => Op.BitwiseAnd.Call(this, other);
        public Tensor bitwise_or(Tensor other) => Op.BitwiseOr.Call(this, other);
        public Tensor bitwise_xor(Tensor other) => Op.BitwiseXor.Call(this, other);
        public Tensor bitwise_right_shift(Tensor other) => Op.BitwiseRightShift.Call(this, other);

        public Tensor negative() => neg();
        public Tensor square() => Op.PowScalar.Call(this, Record.Of(2));
        public Tensor round(long decimals = 0L) => Op.Round.Boxed(this, decimals);
        public Tensor pow(Tensor exponent) => Op.Pow.Call(this, exponent);
        public Tensor pow(Scalar exponent) => Op.PowScalar.Call(this, Record.Of(exponent));
        public Tensor softplus(double beta = 1, double threshold = 20) => Op.Softplus.Call(this, Record.Of(beta), Record.Of(threshold));
        public Tensor lerp(Tensor end, Tensor weight) => Op.Lerp.Call(this, end, weight);
        public Tensor where(Tensor condition, Tensor y) => Op.Where.Call(condition, this, y);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcmul.Boxed(this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.AddcmulInPlace.InPlace(this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcdiv.Boxed(this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Addcdiv.Boxed(this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.AddcdivInPlace.InPlace(this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.AddcdivInPlace.InPlace(this, tensor1, tensor2);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Clamp.Boxed(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.ClampTensor.Boxed(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.ClampInPlace.InPlace(this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.ClampTensorInPlace.InPlace(this, min, max);
        public Tensor clamp_min(Scalar min) => Op.ClampMin.Call(this, Record.Of(min));
        public Tensor clamp_max(Scalar max) => Op.ClampMax.Call(this, Record.Of(max));

        public Tensor fill_(Scalar value) => Op.FillInPlace.InPlace(this, value);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.CopyInPlace.InPlace(this, source, nonBlocking);
        public Tensor masked_fill(Tensor mask, Scalar value) => Op.MaskedFill.Boxed(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.MaskedFillInPlace.InPlace(this, mask, value);
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Op.NormalInPlace.InPlace(this, mean, std, generator);
        public Tensor uniform_(double from, double to, Generator? generator = null) => Op.UniformInPlace.InPlace(this, from, to, generator);

        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);
        public static Tensor operator ~(Tensor left) => left.bitwise_not();
    }
}
