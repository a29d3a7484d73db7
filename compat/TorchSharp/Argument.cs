// One argument of a boxed operator call, and its native form.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

internal enum Tag
{
    None, Tensor, Int, Double, Bool, Ints, Doubles, Bools, Tensors, OptionalTensors,
    String, Device, Generator, Default,
}

/// <summary>The shim's argument and result record.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Record
{
    internal Tag Tag;
    internal int Count;
    internal long Bits;

    internal static Record Of(Scalar scalar) => new() { Tag = scalar.Tag, Bits = scalar.Bits };
    internal static Record Of(long value) => new() { Tag = Tag.Int, Bits = value };
    internal static Record Of(double value) => new() { Tag = Tag.Double, Bits = BitConverter.DoubleToInt64Bits(value) };
}

/// <summary>An argument that keeps what it points to alive until the call is over.</summary>
internal readonly unsafe struct Argument
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly Tag _tag;

    private Argument(Tag tag, object? reference, long bits = 0)
    {
        _tag = reference is null && tag is not (Tag.Int or Tag.Double or Tag.Bool or Tag.Default) ? Tag.None : tag;
        _reference = reference;
        _bits = bits;
    }

    internal static Argument None => default;
    internal static Argument Default => new(Tag.Default, null);
    internal static Argument OptionalTensors(IList<Tensor?> tensors) => new(Tag.OptionalTensors, tensors);

    public static implicit operator Argument(Tensor? tensor) => new(Tag.Tensor, tensor);
    public static implicit operator Argument(long value) => new(Tag.Int, null, value);
    public static implicit operator Argument(long? value) => value is { } number ? number : None;
    public static implicit operator Argument(double value) => new(Tag.Double, null, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool value) => new(Tag.Bool, null, value ? 1 : 0);
    public static implicit operator Argument(ScalarType value) => (long)value;
    public static implicit operator Argument(ScalarType? value) => value is { } type ? type : None;
    public static implicit operator Argument(Scalar? value) => value is null ? None : new(value.Tag, null, value.Bits);
    public static implicit operator Argument(long[]? values) => new(Tag.Ints, values);
    public static implicit operator Argument(Tensor[] tensors) => new(Tag.Tensors, tensors);
    public static implicit operator Argument(string? text) => new(Tag.String, text is null ? null : Encoding.UTF8.GetBytes(text));
    public static implicit operator Argument(Device device) => new(Tag.Device, device);
    public static implicit operator Argument(Generator? generator) => new(Tag.Generator, generator);

    /// <summary>The tensor itself, for an operator that works in place.</summary>
    internal Tensor Self => (Tensor)_reference!;

    /// <summary>How many 8-byte places of scratch memory the native form needs.</summary>
    internal int Places => _tag switch
    {
        Tag.Ints => Unsafe.As<long[]>(_reference!).Length,
        Tag.Tensors or Tag.OptionalTensors => Unsafe.As<IList<Tensor?>>(_reference!).Count,
        Tag.String => (Unsafe.As<byte[]>(_reference!).Length + 7) / 8,
        _ => 0,
    };

    internal void KeepAlive() => GC.KeepAlive(_reference);

    internal Record Write(ref long* scratch)
    {
        Record record = new() { Tag = _tag, Bits = _bits };
        switch (_tag)
        {
            case Tag.Tensor:
                record.Bits = Unsafe.As<Tensor>(_reference!).Handle;
                break;
            case Tag.Generator:
                record.Bits = Unsafe.As<Generator>(_reference!).Handle;
                break;
            case Tag.Device:
                record.Bits = (long)Unsafe.As<Device>(_reference!).type;
                record.Count = Unsafe.As<Device>(_reference!).index;
                break;
            case Tag.Ints:
                long[] values = Unsafe.As<long[]>(_reference!);
                Point(ref record, values.Length, scratch);
                foreach (long value in values) *scratch++ = value;
                break;
            case Tag.Tensors or Tag.OptionalTensors:
                var tensors = Unsafe.As<IList<Tensor?>>(_reference!);
                Point(ref record, tensors.Count, scratch);
                for (int i = 0; i < record.Count; i++) *scratch++ = tensors[i] is { } tensor ? tensor.Handle : 0;
                break;
            case Tag.String:
                byte[] text = Unsafe.As<byte[]>(_reference!);
                Point(ref record, text.Length, scratch);
                text.CopyTo(new Span<byte>(scratch, text.Length));
                scratch += Places;
                break;
        }
        return record;
    }

    private static void Point(ref Record record, int count, long* scratch)
    {
        record.Count = count;
        record.Bits = (nint)scratch;
    }
}
