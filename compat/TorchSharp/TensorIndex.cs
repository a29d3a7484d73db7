// One index of an indexing expression.
namespace TorchSharp;

public static partial class torch
{
    public struct TensorIndex
    {
        internal enum Kind
        {
            None,
            Single,
            Null,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        public static TensorIndex Ellipsis = new() { Form = Kind.Ellipsis };
        public static TensorIndex None = new() { Form = Kind.None };
        public static TensorIndex Null = new() { Form = Kind.Null };
        public static TensorIndex Colon = Slice();

        internal Kind Form { get; private init; }
        internal long? Start { get; private init; }
        internal long? Stop { get; private init; }
        internal long? Step { get; private init; }
        internal torch.Tensor? Mask { get; private init; }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Form = Kind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, (long?)range.end);

        public static TensorIndex Slice(Range range) =>
            Slice(From(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : From(range.End));

        public static TensorIndex Bool(bool value) => new() { Form = Kind.Bool, Start = value ? 1 : 0 };
        public static TensorIndex Single(long? index) => new() { Form = Kind.Single, Start = index };
        public static TensorIndex Tensor(torch.Tensor tensor) => new() { Form = Kind.Tensor, Mask = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(From(index));

        /// <summary>Only there so that overload resolution prefers an index to a tensor; never to be called.</summary>
        public static implicit operator torch.Tensor(TensorIndex value) => throw new InvalidOperationException("An index is not a tensor.");

        private static long From(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
