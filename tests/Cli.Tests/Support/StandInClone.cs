using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace MamlRobotics.Cli.Tests;

/// <summary>
/// A copy of the scripts over a program that prints its arguments and ends with exit code 7. The real dotnet builds it, but in a
/// moment, as nothing is compiled. A stand-in before it on the PATH answers for the feed, the tests and the program.
/// </summary>
internal sealed class StandInClone : IDisposable
{
    private const string Choice = "<Project><PropertyGroup><SilkNetWindowing>subset</SilkNetWindowing></PropertyGroup></Project>";

    private const string Project =
        """
        <Project DefaultTargets="Build">
          <Import Project="../../Feed.props" />
          <Target Name="Restore" />
          <Target Name="Build">
            <Error Condition="Exists('broken')" File="Program.cs" Code="CS1525" Text="Invalid expression" />
            <Error Condition="'$(Cuda)' == 'true'" Code="NU1101" Text="Unable to find package TorchSharp-cuda-linux. No packages exist." />
            <WriteLinesToFile File="../../builds.txt" Lines="$(SilkNetWindowing), platform '$(Platform)'" />
            <Copy SourceFiles="maml" DestinationFolder="../../artifacts/bin/Cli/release" />
          </Target>
        </Project>
        """;

    private const string Program =
        """
        #!/bin/sh
        printf '[%s]\n' "$@"
        exit 7
        """;

    private const string Dotnet =
        """
        #!/bin/sh
        case $1 in
        --version)
            [ -w "${DOTNET_CLI_HOME:-$HOME}" ] && [ -z "$DOTNET_PROBLEM" ] && echo 10.0.100 && exit
            echo "${DOTNET_PROBLEM:-The user's home directory could not be determined.}" && exit 1 ;;
        */maml.dll) program=${1%.dll}; shift; exec "$program" "$@" ;;
        restore) echo "$FEED_ANSWER"; exit 1 ;;
        test)
            mkdir -p "$4"
            echo '<Counters total="6" executed="4" passed="3" failed="1" />' >"$4/${6#*=}"
            for last; do :; done
            echo "[$last]"
            exit 1 ;;
        esac
        case $2 in *.sln) exit ;; esac
        exec "$DOTNET_ROOT/dotnet" "$@"
        """;

    private static readonly string DotnetRoot = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
    private readonly string root = Directory.CreateTempSubdirectory("maml's [clone] ").FullName;
    private readonly string script, feedAnswer;

    /// <param name="feedAnswer">What a restore fails with where the feed is still to be asked</param>
    public StandInClone(string script, string? feedAnswer = null)
    {
        (this.script, this.feedAnswer) = (script, feedAnswer ?? "");
        foreach (string file in (string[])["maml", "maml.ps1", .. Directory.GetFiles(In(Repository(), "scripts"))])
            Write(Path.GetRelativePath(Repository(), In(Repository(), file)), File.ReadAllText(In(Repository(), file)));
        if (feedAnswer is null) Write("Feed.props", Choice);
        string[] packages = [.. ((string[])["TorchSharp-cuda-linux", "Silk.NET.Windowing", "Silk.NET.Input"]).Select(Version)];
        Write("Directory.Packages.props", $"<Project><ItemGroup>\n{string.Join('\n', packages)}\n</ItemGroup></Project>");
        Write("src/Cli/Cli.csproj", Project);
        MakeExecutable("src/Cli/maml", Program);
        MakeExecutable("programs/dotnet", Dotnet);
    }

    /// <summary>What the builds so far were told.</summary>
    public string[] Builds => Has("builds.txt") ? File.ReadAllLines(In(root, "builds.txt")) : [];

    public string[] PackagesAskedFor =>
        [.. XDocument.Load(In(root, "artifacts/probe/probe.csproj")).Descendants("PackageReference")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}")];

    /// <summary>The error stream of what <see cref="StartWithErrorsInFile"/> started.</summary>
    public string ErrorsInFile => Has("error.txt") ? File.ReadAllText(In(root, "error.txt")) : "";

    public bool Has(string file) => File.Exists(In(root, file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(root, file))!);
        File.WriteAllText(In(root, file), text);
    }

    public ProcessResult Run(params string[] arguments) => Run([], arguments);

    /// <param name="variables">Put over the environment of the tests</param>
    public ProcessResult Run((string Name, string Value)[] variables, params string[] arguments) =>
        Finish(MamlProcess.StartCommand([.. Command, .. arguments], [.. Variables, .. variables]));

    /// <summary>Makes a repository of it, with all that is there committed.</summary>
    public void Commit()
    {
        string[] git = ["git", "-C", root, "-c", "user.name=a", "-c", "user.email=a"];
        foreach (string[] command in (string[][])[["init", "-q"], ["add", "src", "maml"], ["commit", "-q", "-m", "all"]])
            Assert.Equal(new ProcessResult(0, "", ""), Finish(MamlProcess.StartCommand([.. git, .. command])));
    }

    public MamlProcess StartWithErrorsInFile(params string[] arguments) =>
        MamlProcess.StartCommand(["sh", "-c", "exec \"$@\" 2>\"$0\"", In(root, "error.txt"), .. Command, .. arguments], Variables);

    /// <summary>Runs where no dotnet is on the PATH; PowerShell itself may need it to start.</summary>
    public ProcessResult RunWithoutSdk()
    {
        File.Delete(In(root, "programs/dotnet"));
        File.CreateSymbolicLink(In(root, "programs/dirname"), "/usr/bin/dirname");
        string[] command = script == "maml" ? ["bash", "-c", "PATH=$1; . \"$0/maml\" envs", root, In(root, "programs")]
            : [.. PowerShell, "-Command", "$env:PATH = $env:PROGRAMS; & \"$env:CLONE/maml.ps1\" envs; exit $LASTEXITCODE"];
        return Finish(MamlProcess.StartCommand(command, ("PROGRAMS", In(root, "programs")), ("CLONE", root)));
    }

    /// <summary>What a build holds while it goes on.</summary>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(In(root, "artifacts"));
        return new FileStream(In(root, "artifacts/.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static string[] PowerShell => ["pwsh", "-NoProfile", "-NonInteractive"];

    private string[] Command => script == "maml" ? ["bash", In(root, script)] : [.. PowerShell, "-File", In(root, script)];

    private (string Name, string Value)[] Variables =>
    [
        ("PATH", In(root, "programs") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")), ("DOTNET_ROOT", DotnetRoot),
        ("FEED_ANSWER", feedAnswer), ("SilkNetWindowing", ""), ("Cuda", ""), ("Platform", "x64"),
        ("POWERSHELL_UPDATECHECK", "Off"), ("POWERSHELL_TELEMETRY_OPTOUT", "1"), ("DOTNET_TieredPGO", "0"),
    ];

    private static ProcessResult Finish(MamlProcess started)
    {
        using (started) return started.Wait();
    }

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static string Version(string package) => $"<PackageVersion Include=\"{package}\" Version=\"1.2.3\" />";

    private void MakeExecutable(string file, string text)
    {
        Write(file, text);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(In(root, file), Mode);
    }

    private static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(In(folder, "MamlRobotics.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
