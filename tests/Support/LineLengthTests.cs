namespace MamlRobotics.Tests.Support;

/// <summary>Lines stay as short as .editorconfig says, which no compiler checks.</summary>
public sealed class LineLengthTests
{
    private const int Longest = 140;

    /// <summary>The folders of the repository that hold C# sources.</summary>
    public static TheoryData<string> Folders => ["src", "tests", "benchmarks", "examples", "compat"];

    [Theory, MemberData(nameof(Folders))]
    public void No_line_is_longer_than_a_screen_is_wide(string folder)
    {
        string[] sources = [.. Repository.Sources(folder)];
        string[] tooLong = [.. sources.SelectMany(LongLines)];

        Assert.NotEmpty(sources);
        Assert.True(tooLong.Length == 0, $"Split these lines, which have more than {Longest} columns:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void The_editor_is_told_the_same_length() =>
        Assert.Contains($"max_line_length = {Longest}", File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig")));

    private static IEnumerable<string> LongLines(string file) => File.ReadLines(file).Index()
        .Where(line => line.Item.Length > Longest)
        .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}({line.Index + 1}): {line.Item.Length} columns");
}
