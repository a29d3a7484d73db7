// An ATen operator, found by name once and called unboxed where its signature is a common one.
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

internal sealed unsafe class Operator(string name, string overload = "")
{
    // Stack memory for the lists of nearly every call; longer ones go to the heap.
    private const int ScratchPlaces = 64;

    private nint _handle;

    private nint Handle => _handle != 0 ? _handle : _handle = Native.Check(Native.mt_find("aten::" + name, overload));

    internal Tensor Call(Tensor a) => Wrap(Native.mt_call_t(Handle, a.Handle), a);

    internal Tensor Call(Tensor a, Tensor b) => Wrap(Native.mt_call_tt(Handle, a.Handle, b.Handle), a, b);

    internal Tensor Call(Tensor a, Tensor b, Tensor c) => Wrap(Native.mt_call_ttt(Handle, a.Handle, b.Handle, c.Handle), a, b, c);

    internal Tensor Call(Tensor a, Record b) => Wrap(Native.mt_call_ts(Handle, a.Handle, &b), a);

    internal Tensor Call(Tensor a, Tensor b, Record c) => Wrap(Native.mt_call_tts(Handle, a.Handle, b.Handle, &c), a, b);

    internal Tensor Call(Tensor a, Record b, Record c) => Wrap(Native.mt_call_tss(Handle, a.Handle, &b, &c), a);

    /// <summary>Boxed, one tensor back.</summary>
    internal Tensor Boxed(params ReadOnlySpan<Argument> arguments)
    {
        Invoke(arguments, out Record* results);
        return new Tensor((nint)results[0].Bits);
    }

    /// <summary>Boxed, any number of tensors back; a list counts as its elements.</summary>
    internal Tensor[] Many(params ReadOnlySpan<Argument> arguments)
    {
        int count = Invoke(arguments, out Record* results);
        var tensors = new Tensor[count];
        for (int i = 0; i < count; i++) tensors[i] = new Tensor((nint)results[i].Bits);
        return tensors;
    }

    internal (Tensor, Tensor) Two(params ReadOnlySpan<Argument> arguments) =>
        Many(arguments) is [var first, var second] ? (first, second) : throw new InvalidOperationException(name);

    /// <summary>Boxed and in place: libtorch returns the tensor that it was given first.</summary>
    internal Tensor InPlace(params ReadOnlySpan<Argument> arguments)
    {
        Invoke(arguments, out Record* results);
        Native.mt_free((nint)results[0].Bits);
        return arguments[0].Self;
    }

    /// <summary>Boxed, one number or truth value back.</summary>
    internal Record Value(params ReadOnlySpan<Argument> arguments)
    {
        Invoke(arguments, out Record* results);
        return results[0];
    }

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Argument> arguments, out Record* results)
    {
        int places = 0;
        foreach (ref readonly Argument argument in arguments) places += argument.Places;
        Span<long> scratch = places <= ScratchPlaces ? stackalloc long[ScratchPlaces] : new long[places];
        Record* records = stackalloc Record[arguments.Length];
        int count;
        fixed (long* start = scratch)
        {
            long* next = start;
            for (int i = 0; i < arguments.Length; i++) records[i] = arguments[i].Write(ref next);
            count = Native.mt_call(Handle, records, arguments.Length, out results);
        }
        foreach (ref readonly Argument argument in arguments) argument.KeepAlive();
        Native.Check(count);
        return count;
    }

    // A finalizer may free an argument's memory as soon as nothing refers to it, even during the call.
    private static Tensor Wrap(nint result, Tensor a, Tensor? b = null, Tensor? c = null)
    {
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
        return new Tensor(Native.Check(result));
    }
}
