namespace MamlRobotics.FewShot;

/// <summary>
/// Resizes pictures: each new pixel is the mean of the area that it covers. It is exact, so that the ink of a picture stays the same
/// share of it, and the same on every machine.
/// </summary>
public static class AreaAverage
{
    /// <summary>Fits a picture into the middle of a square; what it leaves is 0.</summary>
    /// <param name="picture">[height * width], values from 0 to 1</param>
    /// <returns>[side * side]</returns>
    public static float[] ToSquare(float[] picture, int width, int height, int side)
    {
        if (width == side && height == side) return picture;
        float scale = (float)Math.Max(width, height) / side;
        Cover[] columns = Covers(width, side, scale), rows = Covers(height, side, scale);
        var narrow = new float[height * side];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < side; x++) narrow[y * side + x] = columns[x].Mean(picture.AsSpan(y * width, width), stride: 1);
        var square = new float[side * side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) square[y * side + x] = Math.Clamp(rows[y].Mean(narrow.AsSpan(x), side), 0, 1);
        return square;
    }

    private static Cover[] Covers(int length, int side, float scale)
    {
        float margin = (side * scale - length) / 2;
        return [.. Enumerable.Range(0, side).Select(i => Covered(i * scale - margin, (i + 1) * scale - margin, length, scale))];
    }

    /// <summary>The old pixels that lie between two places, with the share of the new pixel that each covers.</summary>
    private static Cover Covered(float from, float to, int length, float scale)
    {
        int first = Math.Clamp((int)MathF.Floor(from), 0, length), end = Math.Clamp((int)MathF.Ceiling(to), first, length);
        return new(first, [.. Enumerable.Range(first, end - first)
            .Select(i => Math.Max(0, Math.Min(to, i + 1) - Math.Max(from, i)) / scale)]);
    }

    private readonly record struct Cover(int First, float[] Weights)
    {
        public float Mean(ReadOnlySpan<float> line, int stride)
        {
            float sum = 0;
            for (int i = 0; i < Weights.Length; i++) sum += Weights[i] * line[(First + i) * stride];
            return sum;
        }
    }
}
