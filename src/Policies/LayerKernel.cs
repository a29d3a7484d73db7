using System.Runtime.InteropServices;
using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>The operations of a layer's forward pass in SIMD registers of any width.</summary>
internal abstract class LayerKernel
{
    /// <summary>The number of rows that <see cref="Multiply"/> computes at a time.</summary>
    public const int TileRows = LayerProduct<Lanes128>.TileRows;

    /// <summary>The kernel for the registers of <see cref="LaneWidth"/>.</summary>
    public static LayerKernel OfProcessor() => LaneWidth.Bits switch
    {
        512 => new LayerKernel<Lanes512>(),
        256 => new LayerKernel<Lanes256>(),
        _ => new LayerKernel<Lanes128>(),
    };

    /// <summary>The number of floats in a register.</summary>
    public abstract int Width { get; }

    /// <summary>The number of registers of columns that <see cref="Multiply"/> computes at a time.</summary>
    public abstract int TileRegisters { get; }

    /// <inheritdoc cref="LayerProduct{T}.Compute"/>
    public abstract void Multiply(Strided left, Strided right, Strided bias, Strided result, int terms, int rows, int registers);

    /// <param name="values">Whole registers, which the activations replace</param>
    public abstract void Activate(Activation activation, Span<float> values);
}

/// <inheritdoc/>
internal sealed class LayerKernel<T> : LayerKernel where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    public override int Width => T.Width;

    /// <inheritdoc/>
    public override int TileRegisters => LayerProduct<T>.TileRegisters;

    /// <inheritdoc/>
    public override void Multiply(Strided left, Strided right, Strided bias, Strided result, int terms, int rows, int registers) =>
        LayerProduct<T>.Compute(left, right, bias, result, terms, rows, registers);

    /// <inheritdoc/>
    public override void Activate(Activation activation, Span<float> values)
    {
        Span<T> registers = MemoryMarshal.Cast<float, T>(values);
        if (activation == Activation.Tanh)
            for (int i = 0; i < registers.Length; i++) registers[i] = VectorMath.Tanh(in registers[i]);
        else
            // The processor's maximum gives its second argument where one of the two is not a number.
            for (int i = 0; i < registers.Length; i++) registers[i] = T.MaxNative(T.Of(0), registers[i]);
    }
}
