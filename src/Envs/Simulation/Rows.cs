using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>Numbers of all environments with a row per coordinate, one row after the other in one array.</summary>
internal readonly struct Rows(int count, int columns)
{
    public int Count { get; } = count;

    /// <summary>[rows * columns]</summary>
    public float[] Values { get; } = new float[count * columns];

    /// <summary>One row, [columns].</summary>
    public Span<float> this[int row] => Values.AsSpan(row * columns, columns);

    /// <summary>The numbers from a column of a row on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> From(int row, int column) => Values.AsSpan(row * columns + column);
}
