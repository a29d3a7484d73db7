using System.Runtime.CompilerServices;
using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>
/// The product <c>result[r, c] = bias + sum over i of left[r, i] * right[i, c]</c> of one layer. All operands are addressed
/// by strides, so r and c may be output units and environments or the reverse. Every sum starts at the bias and adds its
/// terms in order, each by one fused multiply-add, so the result depends neither on which of the two is in the columns nor on
/// the width of a register.
/// </summary>
/// <remarks>
/// Neighbouring columns are neighbours in memory. Operands must be padded to whole tiles, because the padding is read and written.
/// </remarks>
internal static class LayerProduct<T> where T : struct, ILanes<T>
{
    /// <summary>The number of rows of a tile.</summary>
    public const int TileRows = 4;

    /// <summary>
    /// The number of registers of columns of a tile. The registers of the processor hold the sums, the factor of one row and one
    /// register for each of these, and there are enough sums to hide the latency of a multiply-add.
    /// </summary>
    public static int TileRegisters => T.RegisterCount >= 32 ? 4 : 3;

    /// <summary>Computes the rows [0, rows), rounded up to whole tiles, and that many registers of columns.</summary>
    /// <param name="bias">Its columns are one register apart, or all the same.</param>
    /// <param name="terms">The number of terms of each sum</param>
    public static void Compute(Strided left, Strided right, Strided bias, Strided result, int terms, int rows, int registers)
    {
        // The outer loop is over columns, so that the columns of the right operand stay in the nearest cache for all rows.
        for (int register = 0; register < registers; register += TileRegisters)
        {
            Strided w = right.From(0, register * T.Width), b = bias.From(0, register), y = result.From(0, register * T.Width);
            switch (Math.Min(registers - register, TileRegisters))
            {
                case 1: Tiles<One>(left, w, b, y, terms, rows); break;
                case 2: Tiles<Two>(left, w, b, y, terms, rows); break;
                case 3: Tiles<Three>(left, w, b, y, terms, rows); break;
                default: Tiles<Four>(left, w, b, y, terms, rows); break;
            }
        }
    }

    // The number of registers is a type argument, so the compiler makes code for each number and removes the sums that it lacks.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TRegisters>(Strided left, Strided right, Strided bias, Strided result, int terms, int rows)
        where TRegisters : struct, IRegisters
    {
        for (int row = 0; row < rows; row += TileRows)
            Tile<TRegisters>(left.From(row, 0), ref right.At(0, 0), right.Row, bias.From(row, 0), result.From(row, 0), terms);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TRegisters>(Strided left, ref float right, int rightRow, Strided bias, Strided result, int terms)
        where TRegisters : struct, IRegisters
    {
        ref float x0 = ref left.At(0, 0), x1 = ref left.At(1, 0), x2 = ref left.At(2, 0), x3 = ref left.At(3, 0);
        ref float w = ref right;
        T b0 = default, b1 = default, b2 = default, b3 = default;
        T c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        Load(bias.From(0, 0), out T a0, out T a1, out T a2, out T a3);
        if (TRegisters.Count > 1) Load(bias.From(0, 1), out b0, out b1, out b2, out b3);
        if (TRegisters.Count > 2) Load(bias.From(0, 2), out c0, out c1, out c2, out c3);
        if (TRegisters.Count > 3) Load(bias.From(0, 3), out d0, out d1, out d2, out d3);
        nuint term = 0, leftTerm = (nuint)left.Column, rightTerm = (nuint)rightRow;
        for (int i = terms; i > 0; i--)
        {
            T wa = T.LoadUnsafe(ref w), wb = default, wc = default, wd = default;
            if (TRegisters.Count > 1) wb = T.LoadUnsafe(ref w, (nuint)T.Width);
            if (TRegisters.Count > 2) wc = T.LoadUnsafe(ref w, (nuint)(2 * T.Width));
            if (TRegisters.Count > 3) wd = T.LoadUnsafe(ref w, (nuint)(3 * T.Width));
            Add<TRegisters>(T.Broadcast(Unsafe.Add(ref x0, term)), wa, wb, wc, wd, ref a0, ref b0, ref c0, ref d0);
            Add<TRegisters>(T.Broadcast(Unsafe.Add(ref x1, term)), wa, wb, wc, wd, ref a1, ref b1, ref c1, ref d1);
            Add<TRegisters>(T.Broadcast(Unsafe.Add(ref x2, term)), wa, wb, wc, wd, ref a2, ref b2, ref c2, ref d2);
            Add<TRegisters>(T.Broadcast(Unsafe.Add(ref x3, term)), wa, wb, wc, wd, ref a3, ref b3, ref c3, ref d3);
            term += leftTerm;
            w = ref Unsafe.Add(ref w, rightTerm);
        }
        Store(result, a0, a1, a2, a3);
        if (TRegisters.Count > 1) Store(result.From(0, T.Width), b0, b1, b2, b3);
        if (TRegisters.Count > 2) Store(result.From(0, 2 * T.Width), c0, c1, c2, c3);
        if (TRegisters.Count > 3) Store(result.From(0, 3 * T.Width), d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(Strided from, out T r0, out T r1, out T r2, out T r3)
    {
        r0 = T.LoadUnsafe(ref from.At(0, 0));
        r1 = T.LoadUnsafe(ref from.At(1, 0));
        r2 = T.LoadUnsafe(ref from.At(2, 0));
        r3 = T.LoadUnsafe(ref from.At(3, 0));
    }

    /// <summary>Adds a term to the sums of one row; only the factors of one row are in registers at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TRegisters>(T x, T wa, T wb, T wc, T wd, ref T a, ref T b, ref T c, ref T d)
        where TRegisters : struct, IRegisters
    {
        a = T.FusedMultiplyAdd(x, wa, a);
        if (TRegisters.Count > 1) b = T.FusedMultiplyAdd(x, wb, b);
        if (TRegisters.Count > 2) c = T.FusedMultiplyAdd(x, wc, c);
        if (TRegisters.Count > 3) d = T.FusedMultiplyAdd(x, wd, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Strided to, T r0, T r1, T r2, T r3)
    {
        T.StoreUnsafe(r0, ref to.At(0, 0));
        T.StoreUnsafe(r1, ref to.At(1, 0));
        T.StoreUnsafe(r2, ref to.At(2, 0));
        T.StoreUnsafe(r3, ref to.At(3, 0));
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
