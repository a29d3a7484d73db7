// Where GL functions come from: a window's context, or a function that looks names up.
namespace Silk.NET.Core.Contexts
{
    public interface INativeContext : IDisposable
    {
        nint GetProcAddress(string proc, int? slot = default);
        bool TryGetProcAddress(string proc, out nint addr, int? slot = default);
    }

    public interface IGLContext : INativeContext
    {
    }

    public interface IGLContextSource
    {
        IGLContext? GLContext { get; }
    }
}

namespace Silk.NET.Maths
{
    public struct Vector2D<T>(T x, T y) : IEquatable<Vector2D<T>> where T : unmanaged, IFormattable, IEquatable<T>, IComparable<T>
    {
        public T X = x;
        public T Y = y;

        public readonly bool Equals(Vector2D<T> other) => X.Equals(other.X) && Y.Equals(other.Y);
        public override readonly bool Equals(object? obj) => obj is Vector2D<T> other && Equals(other);
        public override readonly int GetHashCode() => HashCode.Combine(X, Y);
        public override readonly string ToString() => $"<{X}, {Y}>";
        public static bool operator ==(Vector2D<T> left, Vector2D<T> right) => left.Equals(right);
        public static bool operator !=(Vector2D<T> left, Vector2D<T> right) => !left.Equals(right);
    }
}
