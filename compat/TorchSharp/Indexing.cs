// x[...] to read and to write, and the functions that pick elements.
using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put([i1], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Pick([i1, i2]);
            set => Put([i1, i2], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Pick([i1, i2, i3]);
            set => Put([i1, i2, i3], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Pick([i1, i2, i3, i4]);
            set => Put([i1, i2, i3, i4], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Pick([i1, i2, i3, i4, i5]);
            set => Put([i1, i2, i3, i4, i5], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Pick([i1, i2, i3, i4, i5, i6]);
            set => Put([i1, i2, i3, i4, i5, i6], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Pick(indices);
            set => Put(indices, value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using Selection selection = new(this, indices);
            return selection.Read();
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using Selection selection = new(this, indices);
            selection.Write(value, accumulate);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = Op.Full.Boxed(Array.Empty<long>(), value, dtype, Argument.None, device, false);
            return index_put_(number, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor select(long dim, long index) => Op.Select.Boxed(this, dim, index);
        public Tensor slice(long dim, long start, long finish, long step) => Op.Slice.Boxed(this, dim, start, finish, step);
        public Tensor narrow(long dim, long start, long length) => Op.Narrow.Boxed(this, dim, start, length);
        public Tensor index_select(long dim, Tensor index) => Op.IndexSelect.Boxed(this, dim, index);
        public Tensor gather(long dim, Tensor index) => Op.Gather.Boxed(this, dim, index);
        public Tensor masked_select(Tensor mask) => Op.MaskedSelect.Call(this, mask);

        private Tensor Pick(ReadOnlySpan<long> indices)
        {
            Tensor view = this;
            foreach (long index in indices)
            {
                Tensor next = view.select(0, index);
                Drop(view);
                view = next;
            }
            return ReferenceEquals(view, this) ? alias() : view;
        }

        private void Put(ReadOnlySpan<long> indices, Tensor value)
        {
            using Tensor place = Pick(indices);
            place.copy_(value);
        }

        private void Drop(Tensor view)
        {
            if (!ReferenceEquals(view, this)) view.Dispose();
        }
    }

    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);
    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);
    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => Op.Gather.Boxed(input, dim, index, sparse_grad);
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);
}

internal static partial class Op
{
    internal static readonly Operator Select = new("select", "int");
    internal static readonly Operator Slice = new("slice", "Tensor");
    internal static readonly Operator Narrow = new("narrow");
    internal static readonly Operator IndexSelect = new("index_select");
    internal static readonly Operator Gather = new("gather");
    internal static readonly Operator MaskedSelect = new("masked_select");
}
