using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MamlRobotics.Policies;

/// <summary>
/// The product <c>result[r, c] = bias + sum over i of left[r, i] * right[i, c]</c> of one layer, all operands addressed
/// by strides: r and c may be output units and environments or the reverse. Every sum starts at the bias and takes its
/// terms in order, each by one fused multiply-add, so the result does not depend on which of the two it was.
/// </summary>
/// <remarks>Columns run along memory. Operands must reach to whole tiles: their padding is read and written.</remarks>
internal static class LayerProduct
{
    /// <summary>Rows of a tile. With four registers of columns it has sixteen sums, enough to hide the latency of a multiply-add.</summary>
    public const int TileRows = 4;

    private const int TileRegisters = 4;
    private static int Width => Vector512<float>.Count;

    /// <summary>Computes the rows [0, rows), rounded up to whole tiles, and that many registers of columns.</summary>
    /// <param name="bias">Its columns are one register apart, or none.</param>
    /// <param name="terms">Length of each sum</param>
    public static void Compute(Strided left, Strided right, Strided bias, Strided result, int terms, int rows, int registers)
    {
        // Columns outside: a tile's columns of the right operand then stay in the nearest cache for all rows.
        for (int register = 0; register < registers; register += TileRegisters)
        {
            ref float w = ref right.At(0, register * Width);
            for (int row = 0; row < rows; row += TileRows)
            {
                Strided x = left.From(row, 0), b = bias.From(row, register), y = result.From(row, register * Width);
                switch (registers - register)
                {
                    case 1: Tile<One>(x, ref w, right.Row, b, y, terms); break;
                    case 2: Tile<Two>(x, ref w, right.Row, b, y, terms); break;
                    case 3: Tile<Three>(x, ref w, right.Row, b, y, terms); break;
                    default: Tile<Four>(x, ref w, right.Row, b, y, terms); break;
                }
            }
        }
    }

    // The number of registers is a constant of the compiled code: each case of it has its own, with unused sums gone.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRegisters>(Strided left, ref float right, int rightRow, Strided bias, Strided result, int terms)
        where TRegisters : struct, IRegisters
    {
        ref float x0 = ref left.At(0, 0), x1 = ref left.At(1, 0), x2 = ref left.At(2, 0), x3 = ref left.At(3, 0);
        ref float w = ref right;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        Load(bias.From(0, 0), out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        if (TRegisters.Count > 1) Load(bias.From(0, 1), out b0, out b1, out b2, out b3);
        if (TRegisters.Count > 2) Load(bias.From(0, 2), out c0, out c1, out c2, out c3);
        if (TRegisters.Count > 3) Load(bias.From(0, 3), out d0, out d1, out d2, out d3);
        nuint term = 0, leftTerm = (nuint)left.Column, rightTerm = (nuint)rightRow;
        for (int i = terms; i > 0; i--)
        {
            Vector512<float> y0 = Vector512.Create(Unsafe.Add(ref x0, term)), y1 = Vector512.Create(Unsafe.Add(ref x1, term));
            Vector512<float> y2 = Vector512.Create(Unsafe.Add(ref x2, term)), y3 = Vector512.Create(Unsafe.Add(ref x3, term));
            Add(Vector512.LoadUnsafe(ref w), y0, y1, y2, y3, ref a0, ref a1, ref a2, ref a3);
            if (TRegisters.Count > 1) Add(Vector512.LoadUnsafe(ref w, (nuint)Width), y0, y1, y2, y3, ref b0, ref b1, ref b2, ref b3);
            if (TRegisters.Count > 2) Add(Vector512.LoadUnsafe(ref w, (nuint)(2 * Width)), y0, y1, y2, y3, ref c0, ref c1, ref c2, ref c3);
            if (TRegisters.Count > 3) Add(Vector512.LoadUnsafe(ref w, (nuint)(3 * Width)), y0, y1, y2, y3, ref d0, ref d1, ref d2, ref d3);
            term += leftTerm;
            w = ref Unsafe.Add(ref w, rightTerm);
        }
        Store(result, a0, a1, a2, a3);
        if (TRegisters.Count > 1) Store(result.From(0, Width), b0, b1, b2, b3);
        if (TRegisters.Count > 2) Store(result.From(0, 2 * Width), c0, c1, c2, c3);
        if (TRegisters.Count > 3) Store(result.From(0, 3 * Width), d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(
        Strided from, out Vector512<float> r0, out Vector512<float> r1, out Vector512<float> r2, out Vector512<float> r3)
    {
        r0 = Vector512.LoadUnsafe(ref from.At(0, 0));
        r1 = Vector512.LoadUnsafe(ref from.At(1, 0));
        r2 = Vector512.LoadUnsafe(ref from.At(2, 0));
        r3 = Vector512.LoadUnsafe(ref from.At(3, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<float> w, Vector512<float> y0, Vector512<float> y1, Vector512<float> y2, Vector512<float> y3,
        ref Vector512<float> r0, ref Vector512<float> r1, ref Vector512<float> r2, ref Vector512<float> r3)
    {
        r0 = Vector512.FusedMultiplyAdd(y0, w, r0);
        r1 = Vector512.FusedMultiplyAdd(y1, w, r1);
        r2 = Vector512.FusedMultiplyAdd(y2, w, r2);
        r3 = Vector512.FusedMultiplyAdd(y3, w, r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Strided to, Vector512<float> r0, Vector512<float> r1, Vector512<float> r2, Vector512<float> r3)
    {
        r0.StoreUnsafe(ref to.At(0, 0));
        r1.StoreUnsafe(ref to.At(1, 0));
        r2.StoreUnsafe(ref to.At(2, 0));
        r3.StoreUnsafe(ref to.At(3, 0));
    }

    private interface IRegisters
    {
        static abstract int Count { get; }
    }

    private readonly struct One : IRegisters { public static int Count => 1; }
    private readonly struct Two : IRegisters { public static int Count => 2; }
    private readonly struct Three : IRegisters { public static int Count => 3; }
    private readonly struct Four : IRegisters { public static int Count => 4; }
}
