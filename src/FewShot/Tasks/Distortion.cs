using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// A random affine map of a picture, by which few drawings stand for many: turned, sheared, scaled and moved, each with a chance of one
/// half, as Koch et al. 2015 do for Siamese networks (section 3.3), by other amounts.
/// </summary>
/// <param name="Strength">A factor of all amounts; zero leaves pictures as they are</param>
public readonly record struct Distortion(double Strength)
{
    // The largest turn (radians), shear, share of the size and share of the side, at a strength of one.
    private const double Turn = 0.35, Shear = 0.3, Scale = 0.2, Shift = 0.1;

    /// <summary>Writes the distorted picture.</summary>
    /// <param name="picture">[side * side]</param>
    /// <param name="to">[side * side], of which nothing is read</param>
    public void Apply(RandomStream stream, ReadOnlySpan<float> picture, Span<float> to, int side)
    {
        if (Strength == 0)
        {
            picture.CopyTo(to);
            return;
        }
        Matrix3x2 map = Draw(stream, side);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) to[y * side + x] = At(picture, side, Vector2.Transform(new Vector2(x, y), map));
    }

    /// <summary>The map from a pixel of the result to the place in the picture from which its value comes.</summary>
    private Matrix3x2 Draw(RandomStream stream, int side)
    {
        double strength = Strength;
        var centre = new Vector2((side - 1) / 2f);
        Matrix3x2 map = Matrix3x2.CreateTranslation(-centre)
            * Matrix3x2.CreateRotation((float)Amount(0, Turn))
            * new Matrix3x2(1, (float)Amount(1, Shear), (float)Amount(2, Shear), 1, 0, 0)
            * Matrix3x2.CreateScale(1 + (float)Amount(3, Scale), 1 + (float)Amount(4, Scale));
        return map * Matrix3x2.CreateTranslation(centre + side * new Vector2((float)Amount(5, Shift), (float)Amount(6, Shift)));

        double Amount(int number, double most) =>
            stream.Uniform(2 * number) < 0.5 ? 0 : strength * most * (2 * stream.Uniform(2 * number + 1) - 1);
    }

    /// <summary>The value between the four pixels around a place; the background outside the picture.</summary>
    private static float At(ReadOnlySpan<float> picture, int side, Vector2 place)
    {
        (int left, int top) = ((int)MathF.Floor(place.X), (int)MathF.Floor(place.Y));
        (float right, float down) = (place.X - left, place.Y - top);
        float above = (1 - right) * Pixel(picture, side, left, top) + right * Pixel(picture, side, left + 1, top);
        float below = (1 - right) * Pixel(picture, side, left, top + 1) + right * Pixel(picture, side, left + 1, top + 1);
        return (1 - down) * above + down * below;
    }

    private static float Pixel(ReadOnlySpan<float> picture, int side, int x, int y) =>
        (uint)x < (uint)side && (uint)y < (uint)side ? picture[y * side + x] : 0;
}
