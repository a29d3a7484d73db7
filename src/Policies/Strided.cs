using System.Runtime.CompilerServices;

namespace MamlRobotics.Policies;

/// <summary>
/// A matrix in memory, given by its first element and by the number of floats from one row and from one column to the next. Its
/// indices are not checked.
/// </summary>
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

    /// <summary>The part of the matrix that begins at an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided From(int row, int column) => new(ref At(row, column), Row, Column);
}
