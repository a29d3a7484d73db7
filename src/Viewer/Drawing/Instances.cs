using System.Runtime.InteropServices;

namespace MamlRobotics.Viewer;

/// <summary>A rounded box, disc, ring or glow, as the box program reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BoxInstance(
    float CentreX, float CentreY, float HalfWidth, float HalfHeight, float Radius, float Stroke, float Softness,
    Colour Fill, Colour Outline);

/// <summary>
/// A point of a polyline, as the line program reads it. A segment is drawn from four points, so that neighbours share
/// their joint without drawing it twice. A negative width lifts the pen on the way to the point.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LinePoint(float X, float Y, float Width, Colour Colour);

/// <summary>One character, as the glyph program reads it. The letter itself is for pictures that are not made of pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct GlyphInstance(
    float X, float Y, float Width, float Height, float U, float V, float UWidth, float VHeight, float HalfWeight, float PixelsPerUnit,
    Colour Colour, int Letter);

/// <summary>One end of a band.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BandEnd(float X, float Top, float Bottom, Colour Colour);

/// <summary>A band between two upright ends, as the band program reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BandInstance(BandEnd From, BandEnd To);

internal enum BatchKind { Boxes, Lines, Bands, Glyphs }

/// <summary>Shapes of one kind that follow each other, drawn by one call.</summary>
internal readonly record struct Batch(BatchKind Kind, int First, int Count, Rect Clip);

/// <summary>A list that is emptied and filled again every frame without leaving garbage.</summary>
internal sealed class Growing<T> where T : unmanaged
{
    private T[] items = new T[256];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Span => items.AsSpan(0, Count);

    public void Add(in T item)
    {
        if (Count == items.Length) Array.Resize(ref items, 2 * Count);
        items[Count++] = item;
    }

    /// <summary>The last item, to be changed in place.</summary>
    public ref T Last => ref items[Count - 1];

    public void Clear() => Count = 0;
}
