using System.Reflection;
using MamlRobotics.Tests.Support;
using PublicApiGenerator;

namespace MamlRobotics.Cli.Tests;

/// <summary>What the packages offer is listed in docs/api, so that a change of it is seen and meant.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Envs")]
    [InlineData("Policies")]
    [InlineData("MetaLearning")]
    [InlineData("MetaRL")]
    [InlineData("FewShot")]
    [InlineData("Viewer")]
    public void The_public_surface_is_the_one_that_is_listed(string project)
    {
        string name = $"MamlRobotics.{project}.txt", listed = Path.Combine(Repository.Root, "docs", "api", name);
        string surface = Assembly.Load($"MamlRobotics.{project}").GeneratePublicApi(new() { IncludeAssemblyAttributes = false }) + "\n";
        string present = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "api")).FullName, name);
        // What an earlier test wrote is out of date now, and must not be copied.
        File.Delete(present);
        if (File.Exists(listed) && File.ReadAllText(listed).ReplaceLineEndings("\n") == surface.ReplaceLineEndings("\n")) return;
        File.WriteAllText(present, surface.ReplaceLineEndings("\n"));
        Assert.Fail($"The public surface has changed. Look at the difference, and if it is meant: cp {present} {listed}");
    }
}
