// Sums, means and extremes over all elements or over dimensions.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Op.Sum.Boxed(this, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Op.SumDims.Boxed(this, dim, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Op.Mean.Boxed(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Op.MeanDims.Boxed(this, dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) => Op.Prod.Boxed(this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Op.ProdDim.Boxed(this, dim, keepdim, type);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Extreme(Op.Amax, Op.AmaxOut, dims, keepdim, @out);
        public Tensor amax(params long[] dims) => amax(dims, false);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Extreme(Op.Amin, Op.AminOut, dims, keepdim, @out);
        public Tensor amin(params long[] dims) => amin(dims, false);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);

        public Tensor max() => Op.Max.Call(this);
        public Tensor max(Tensor other) => Op.Maximum.Call(this, other);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.MaxDim.Two(this, dim, keepdim);
        public Tensor min() => Op.Min.Call(this);
        public Tensor min(Tensor other) => Op.Minimum.Call(this, other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Op.MinDim.Two(this, dim, keepdim);
        public Tensor median() => Op.Median.Call(this);

        public Tensor argmax() => Op.Argmax.Boxed(this);
        public Tensor argmax(long dim, bool keepdim = false) => Op.Argmax.Boxed(this, dim, keepdim);
        public Tensor argmin() => Op.Argmin.Boxed(this);
        public Tensor argmin(long dim, bool keepdim = false) => Op.Argmin.Boxed(this, dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) => Op.Argsort.Boxed(this, dim, descending);

        public Tensor all() => Op.All.Call(this);
        public Tensor all(long dim, bool keepdim = false) => Op.AllDim.Boxed(this, dim, keepdim);
        public Tensor any() => Op.Any.Call(this);
        public Tensor any(long dim, bool keepdim = false) => Op.AnyDim.Boxed(this, dim, keepdim);

        public Tensor norm(float p = 2.0f) => Op.Norm.Call(this, Record.Of((double)p));
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Op.NormDims.Boxed(this, (double)p, (long[])[dim], keepdim);
        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Cumsum.Boxed(this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Op.Cumprod.Boxed(this, dim, type);
        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Logsumexp.Boxed(this, (long[])[dim], keepdim);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.Softmax.Boxed(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.LogSoftmax.Boxed(this, dim, dtype);

        private Tensor Extreme(Operator fresh, Operator into, long[] dims, bool keepdim, Tensor? destination) =>
            destination is null ? fresh.Boxed(this, dims, keepdim) : into.Boxed(this, dims, keepdim, destination);
    }

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor mean(Tensor input) => input.mean();
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);
    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);
    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);
    public static Tensor amax(Tensor input, long[] dims) => input.amax(dims);
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);
    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);
    public static Tensor max(Tensor input) => input.max();
    public static Tensor max(Tensor input, Tensor other) => input.max(other);
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);
    public static Tensor min(Tensor input) => input.min();
    public static Tensor min(Tensor input, Tensor other) => input.min(other);
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);
    public static Tensor median(Tensor input) => input.median();
    public static Tensor argmax(Tensor input) => input.argmax();
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);
    public static Tensor argmin(Tensor input) => input.argmin();
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);
    public static Tensor all(Tensor input) => input.all();
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);
    public static Tensor any(Tensor input) => input.any();
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);
    public static Tensor norm(Tensor input) => input.norm();
    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);
    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2.0f) => input.norm(dimension, keepdim, p);
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);
    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}

internal static partial class Op
{
    internal static readonly Operator Sum = new("sum");
    internal static readonly Operator SumDims = new("sum", "dim_IntList");
    internal static readonly Operator Mean = new("mean");
    internal static readonly Operator MeanDims = new("mean", "dim");
    internal static readonly Operator Prod = new("prod");
    internal static readonly Operator ProdDim = new("prod", "dim_int");
    internal static readonly Operator Amax = new("amax");
    internal static readonly Operator AmaxOut = new("amax", "out");
    internal static readonly Operator Amin = new("amin");
    internal static readonly Operator AminOut = new("amin", "out");
    internal static readonly Operator Max = new("max");
    internal static readonly Operator MaxDim = new("max", "dim");
    internal static readonly Operator Min = new("min");
    internal static readonly Operator MinDim = new("min", "dim");
    internal static readonly Operator Median = new("median");
    internal static readonly Operator Argmax = new("argmax");
    internal static readonly Operator Argmin = new("argmin");
    internal static readonly Operator Argsort = new("argsort");
    internal static readonly Operator All = new("all");
    internal static readonly Operator AllDim = new("all", "dim");
    internal static readonly Operator Any = new("any");
    internal static readonly Operator AnyDim = new("any", "dim");
    internal static readonly Operator Norm = new("norm", "Scalar");
    internal static readonly Operator NormDims = new("norm", "ScalarOpt_dim");
    internal static readonly Operator Cumsum = new("cumsum");
    internal static readonly Operator Cumprod = new("cumprod");
    internal static readonly Operator Logsumexp = new("logsumexp");
    internal static readonly Operator Softmax = new("softmax", "int");
    internal static readonly Operator LogSoftmax = new("log_softmax", "int");
}
