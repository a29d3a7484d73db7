// The public surface changes only together with its checked-in list.
using System.Runtime.CompilerServices;

namespace SilkNet.Compat.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_in_the_list()
    {
        string list = Path.Combine(Path.GetDirectoryName(Here())!, "..", "SilkNet", "PublicApi.txt");
        IReadOnlyList<string> now = PublicApi.Of(typeof(Silk.NET.OpenGL.GL).Assembly);
        if (Environment.GetEnvironmentVariable("MAML_REWRITE_PUBLIC_API") == "1") File.WriteAllLines(list, now);
        string[] listed = File.ReadAllLines(list);

        Assert.True(now.SequenceEqual(listed), string.Join(Environment.NewLine,
            now.Except(listed).Select(line => "+ " + line).Concat(listed.Except(now).Select(line => "- " + line))));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
