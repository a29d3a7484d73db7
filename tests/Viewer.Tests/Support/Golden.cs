using System.Runtime.CompilerServices;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Pictures as they should look. MAML_REWRITE_GOLDEN=1 draws them anew; look at them before committing.</summary>
internal static class Golden
{
    public static void Check(string name, Bitmap now)
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "..", "golden", name + ".png");
        if (Environment.GetEnvironmentVariable("MAML_REWRITE_GOLDEN") == "1") PngFile.Write(path, now);
        byte[] golden = PictureReader.Png(File.ReadAllBytes(path)).Pixels;
        Assert.Equal(golden.Length, now.Pixels.Length);
        (double share, int x, int y) = Tiles.MostDifferent(golden, now.Pixels, now.Width);
        Assert.True(share <= Tiles.Tolerated, $"{name}: {share:P0} of the pixels differ about ({x}, {y})");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
