// Views, copies and rearrangements.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Op.View.Boxed(this, shape);
        public Tensor view_as(Tensor other) => Op.View.Boxed(this, other.shape);
        public Tensor reshape(params long[] shape) => Op.Reshape.Boxed(this, shape);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.Flatten.Boxed(this, start_dim, end_dim);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.Expand.Boxed(this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand(sizes.ToArray(), isImplicit);
        public Tensor expand(params long[] sizes) => expand(sizes, false);
        public Tensor expand_as(Tensor other) => expand(other.shape, false);
        public Tensor broadcast_to(params long[] shape) => expand(shape, false);
        public Tensor repeat(params long[] sizes) => Op.Repeat.Boxed(this, sizes);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Op.RepeatEach.Boxed(this, repeats, dim, output_size);
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Op.RepeatEachTensor.Boxed(this, repeats, dim, output_size);
        public Tensor transpose(long dim0, long dim1) => Op.Transpose.Boxed(this, dim0, dim1);
        public Tensor t() => Op.T.Call(this);
        public Tensor T => Op.NumpyT.Call(this);
        public Tensor mT => transpose(-2, -1);
        public Tensor permute(params long[] permutation) => Op.Permute.Boxed(this, permutation);
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor movedim(long[] source, long[] destination) => Op.Movedim.Boxed(this, source, destination);
        public Tensor contiguous() => Op.Contiguous.Boxed(this);
        public Tensor unsqueeze(long dim) => Op.Unsqueeze.Boxed(this, dim);
        public Tensor squeeze(long? dim = null) => dim is { } one ? Op.SqueezeDim.Boxed(this, one) : Op.Squeeze.Call(this);
        public Tensor flip(params long[] dims) => Op.Flip.Boxed(this, dims);
        public Tensor triu(long diagonal = 0) => Op.Triu.Boxed(this, diagonal);
        public Tensor tril(long diagonal = 0) => Op.Tril.Boxed(this, diagonal);
        public Tensor diag(long diagonal = 0) => Op.Diag.Boxed(this, diagonal);
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Op.Diagonal.Boxed(this, offset, dim1, dim2);
        public Tensor clone() => Op.Clone.Boxed(this);

        public Tensor[] split(long size, int dim = 0) => Op.Split.Many(this, size, (long)dim);
        public Tensor[] split(long[] sizes, long dim = 0) => Op.SplitSizes.Many(this, sizes, dim);
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);
        public Tensor[] split(params long[] sizes) => split(sizes, 0L);
        public Tensor[] chunk(long chunks, long dim = 0L) => Op.Chunk.Many(this, chunks, dim);
        public Tensor[] unbind(long dimension = 0L) => Op.Unbind.Many(this, dimension);
    }

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Op.Cat.Boxed(tensors as Tensor[] ?? [.. tensors], dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.Cat.Boxed(tensors, dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Op.Cat.Boxed(tensors.ToArray(), dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Op.Stack.Boxed(tensors as Tensor[] ?? [.. tensors], dim);
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);
    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);
    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) => input.repeat_interleave(repeats, dim, output_size);
    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) => input.repeat_interleave(repeats, dim, output_size);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor t(Tensor input) => input.t();
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);
    public static Tensor triu(Tensor input, long diagonal = 0L) => input.triu(diagonal);
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);
    public static Tensor diagonal(Tensor input, long offset = 0L, long dim1 = 0L, long dim2 = 1L) => input.diagonal(offset, dim1, dim2);
    public static Tensor clone(Tensor input) => input.clone();
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0L) => tensor.split(split_size_or_sections, dim);
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);
    public static Tensor[] unbind(Tensor input, long dim = 0L) => input.unbind(dim);
    public static Tensor[] unbind(Tensor tensor, int dim = 0) => tensor.unbind(dim);
}

internal static partial class Op
{
    internal static readonly Operator View = new("view");
    internal static readonly Operator Reshape = new("reshape");
    internal static readonly Operator Flatten = new("flatten", "using_ints");
    internal static readonly Operator Expand = new("expand");
    internal static readonly Operator Repeat = new("repeat");
    internal static readonly Operator RepeatEach = new("repeat_interleave", "self_int");
    internal static readonly Operator RepeatEachTensor = new("repeat_interleave", "self_Tensor");
    internal static readonly Operator Transpose = new("transpose", "int");
    internal static readonly Operator T = new("t");
    internal static readonly Operator NumpyT = new("numpy_T");
    internal static readonly Operator Permute = new("permute");
    internal static readonly Operator Movedim = new("movedim", "intlist");
    internal static readonly Operator Contiguous = new("contiguous");
    internal static readonly Operator Unsqueeze = new("unsqueeze");
    internal static readonly Operator Squeeze = new("squeeze");
    internal static readonly Operator SqueezeDim = new("squeeze", "dim");
    internal static readonly Operator Flip = new("flip");
    internal static readonly Operator Triu = new("triu");
    internal static readonly Operator Tril = new("tril");
    internal static readonly Operator Diag = new("diag");
    internal static readonly Operator Diagonal = new("diagonal");
    internal static readonly Operator Clone = new("clone");
    internal static readonly Operator Split = new("split", "Tensor");
    internal static readonly Operator SplitSizes = new("split_with_sizes");
    internal static readonly Operator Chunk = new("chunk");
    internal static readonly Operator Unbind = new("unbind", "int");
    internal static readonly Operator Cat = new("cat");
    internal static readonly Operator Stack = new("stack");
}
