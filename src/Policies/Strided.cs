using System.Runtime.CompilerServices;

namespace MamlRobotics.Policies;

/// <summary>A matrix somewhere in memory: its first element and the floats from a row and from a column to the next. Not bounds-checked.</summary>
internal readonly ref struct Strided
{
    private readonly ref float origin;

    public Strided(ref float origin, int row, int column)
    {
        this.origin = ref origin;
        (Row, Column) = (row, column);
    }

    public int Row { get; }
    public int Column { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int row, int column) => ref Unsafe.Add(ref origin, row * Row + column * Column);

    /// <summary>The part from that element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided From(int row, int column) => new(ref At(row, column), Row, Column);
}
