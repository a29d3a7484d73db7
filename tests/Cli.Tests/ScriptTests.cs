using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>maml and maml.ps1, held to the same behaviour in a clone whose program only prints its arguments.</summary>
public sealed class ScriptTests
{
    [Theory, Bash("flock"), PowerShell]
    public void AsksTheFeedOnceBuildsWhenASourceChangedAndBecomesTheProgram(string script)
    {
        using var clone = new StandInClone(script, feedAnswer: "error NU1101: Unable to find package Silk.NET.Input.");
        string[] awkward = ["a b", "it's", "say \"hi\"", "", "--set", "x=[1, 2]", @"back\", @"c d\"];

        ProcessResult first = clone.Run(awkward), second = clone.Run("envs");
        clone.Write("src/Cli/another.cs", "");
        ProcessResult third = WaitForAnotherBuild(clone);

        Assert.Equal((7, string.Concat(awkward.Select(argument => $"[{argument}]\n"))), (first.Code, first.Output));
        Assert.Equal(
            "maml: asking the NuGet feed for Silk.NET.Windowing and Silk.NET.Input ...\n" +
            "maml: the feed lacks them: windows come from compat/SilkNet over this system's GLFW (kept in Feed.props).\n" +
            "maml: building the program ...\n",
            first.Error);
        Assert.Equal(["Silk.NET.Windowing [1.2.3]", "Silk.NET.Input [1.2.3]"], clone.PackagesAskedFor);
        Assert.Equal((7, "[envs]\n", ""), (second.Code, second.Output, second.Error));
        Assert.Equal((7, "[envs]\n"), (third.Code, third.Output));
        Assert.Equal("maml: waiting for another build ...\nmaml: building the program ...\n", clone.ErrorsInFile);
        Assert.Equal(["subset, platform ''", "subset, platform ''"], clone.Builds);
    }

    [Theory, Bash, PowerShell]
    public void AFeedThatDoesNotAnswerIsNoChoice(string script)
    {
        using var clone = new StandInClone(script, feedAnswer: "error NU1301: Unable to load the service index.");

        ProcessResult result = clone.Run();

        Assert.Equal(2, result.Code);
        Assert.Contains("maml: the NuGet feed did not answer (details: ", result.Error, StringComparison.Ordinal);
        Assert.False(clone.Has("Feed.props"));
    }

    [Theory, Bash, PowerShell]
    public void AnAnswerOfTheFeedThatIsDamagedIsRefused(string script)
    {
        using var clone = new StandInClone(script);
        clone.Write("Feed.props", "<Project />");

        clone.Run().MustFail(2, "Feed.props names no choice that this version knows. Delete it to have the feed asked again.");
    }

    [Theory, Bash, PowerShell]
    public void AFailedBuildShowsItsErrors(string script)
    {
        using var clone = new StandInClone(script);
        clone.Write("src/Cli/broken", "");

        ProcessResult result = clone.Run();

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Matches(
            @"^maml: building the program \.\.\.\nProgram\.cs : error CS1525: Invalid expression .*\n" +
            @"maml: the build of src/Cli/Cli\.csproj failed \(all of its output: .*build-program\.log\)\.\n$",
            result.Error);
    }

    [Theory, Bash, PowerShell]
    public void APackageForCudaThatTheFeedLacksIsOneLine(string script)
    {
        using var clone = new StandInClone(script);

        ProcessResult result = clone.Run([("Cuda", "true")], "envs");

        Assert.Equal(2, result.Code);
        Assert.Equal(
            "maml: building the program ...\nmaml: the NuGet feed has no TorchSharp-cuda-linux 1.2.3, which Cuda=true asks for. " +
            "Add a feed that has it (dotnet nuget add source URL), or leave Cuda out to compute on the CPU.\n",
            result.Error);
    }

    [Theory, Bash, PowerShell]
    public void TheTestsEndWithTheirTotals(string script)
    {
        using var clone = new StandInClone(script);
        clone.Write("tests/A.Tests/A.Tests.csproj", "");
        clone.Write("tests/B.Tests/B.Tests.csproj", "");

        ProcessResult result = clone.Run([], "test", "--filter", "Name~a b");

        Assert.Equal(1, result.Code);
        string[] names = ["A.Tests", "B.Tests"], shown = [.. names.Select(name => $"{name}\n[Name~a b]\n")];
        const string Totals = "6 passed, 2 failed, 4 skipped\n";
        // Two projects run at a time, and either may end first.
        Assert.Contains(result.Output, new[] { shown[0] + shown[1] + Totals, shown[1] + shown[0] + Totals });
        Assert.StartsWith("maml: building the tests ...\n", result.Error, StringComparison.Ordinal);
        Assert.All(names, name => Assert.Contains($"maml: {name} runs ...\n", result.Error, StringComparison.Ordinal));
    }

    [Theory, Bash, PowerShell]
    public void ArgumentsOfThePythonBuildAreRefused(string script)
    {
        using var clone = new StandInClone(script);

        clone.Run("python", "3.11").MustFail(2, "python takes no arguments, and '3.11' is one.");
        Assert.StartsWith("Usage: ", clone.Run("python", "--help").Output, StringComparison.Ordinal);
    }

    [Theory, Bash, PowerShell]
    public void WithoutAnSdkItSaysWhatToInstall(string script)
    {
        using var clone = new StandInClone(script);

        clone.RunWithoutSdk().MustFail(2, "the .NET 10 SDK is missing (no 'dotnet' on PATH). Install it from https://dot.net/download");
    }

    /// <summary>git reads no repository of another user, unless it is told to.</summary>
    [Theory, Bash("git"), PowerShell]
    public void UsersOfOneCloneThatTakeTurnsDoNotBuildItAnew(string script)
    {
        using var clone = new StandInClone(script);
        clone.Commit();
        (string, string)[] anotherUser = [("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")], withoutGit = [("GIT_DIR", "/nonexistent")];
        Assert.Equal("maml: building the program ...\n", clone.Run(anotherUser, "envs").Error);
        foreach ((string, string)[] user in new[] { [], anotherUser, withoutGit, [], withoutGit })
            Assert.Equal(new ProcessResult(7, "[envs]\n", ""), clone.Run(user, "envs"));
        Assert.Single(clone.Builds);
        clone.Write("src/Cli/another.cs", "");
        clone.Commit();
        Assert.Equal("maml: building the program ...\n", clone.Run(anotherUser, "envs").Error);
        Assert.Equal("", clone.Run("envs").Error);
    }

    [Theory, Bash, PowerShell]
    public void AUserWithoutAHomeGetsOneForDotnet(string script)
    {
        using var clone = new StandInClone(script);
        ProcessResult result = clone.Run([("HOME", "/nonexistent")], "envs");
        Assert.Equal((7, "[envs]\n", "maml: building the program ...\n"), (result.Code, result.Output, result.Error));
    }

    [Theory, Bash, PowerShell]
    public void AnSdkThatDoesNotStartIsToldInItsOwnWords(string script)
    {
        using var clone = new StandInClone(script);
        ProcessResult failed = clone.Run([("DOTNET_PROBLEM", "The disk is on fire.\nSee elsewhere.")], "envs");
        failed.MustFail(2, "'dotnet --version' fails: The disk is on fire.");
        clone.Run([("DOTNET_PROBLEM", "A compatible .NET SDK was not found.")], "envs").MustFail(2, "no SDK that global.json accepts");
    }

    private static ProcessResult WaitForAnotherBuild(StandInClone clone)
    {
        MamlProcess waiting;
        using (clone.Lock())
        {
            waiting = clone.StartWithErrorsInFile("envs");
            waiting.WaitUntil(() => clone.ErrorsInFile.EndsWith('\n'));
            Assert.Single(clone.Builds);
        }
        using (waiting) return waiting.Wait();
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class BashAttribute(params string[] needed) : ScriptAttribute("maml", ["bash", .. needed]);

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PowerShellAttribute() : ScriptAttribute("maml.ps1", ["pwsh"]);

    /// <summary>The name of a script, skipped with that reason where a program that it needs is missing.</summary>
    private abstract class ScriptAttribute : Xunit.Sdk.DataAttribute
    {
        private readonly string script;

        protected ScriptAttribute(string script, string[] programs) => (this.script, Skip) = (script, Programs.Missing(programs));

        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) => [[script]];
    }
}
