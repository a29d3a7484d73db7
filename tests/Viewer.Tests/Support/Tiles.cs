namespace MamlRobotics.Viewer.Tests;

/// <summary>
/// Compares pictures tile by tile: drivers round edges differently everywhere, a shape that moved or vanished is much in
/// one place, however small beside the whole picture.
/// </summary>
internal static class Tiles
{
    public const double Tolerated = 0.1;

    private const int Side = 32, Slight = 24;

    /// <param name="golden">[rows, <paramref name="width"/>, 3], like <paramref name="now"/></param>
    /// <returns>The largest share of a tile's pixels that differ, and where the tile begins</returns>
    public static (double Share, int X, int Y) MostDifferent(byte[] golden, byte[] now, int width)
    {
        var different = new int[(width + Side - 1) / Side, (golden.Length / 3 / width + Side - 1) / Side];
        (int Count, int X, int Y) most = default;
        for (int i = 0; i < golden.Length; i += 3)
        {
            if (!Differs(i) && !Differs(i + 1) && !Differs(i + 2)) continue;
            (int x, int y) = (i / 3 % width / Side, i / 3 / width / Side);
            if (++different[x, y] > most.Count) most = (different[x, y], Side * x, Side * y);
        }
        return (most.Count / (double)(Side * Side), most.X, most.Y);
        bool Differs(int channel) => Math.Abs(golden[channel] - now[channel]) > Slight;
    }
}
