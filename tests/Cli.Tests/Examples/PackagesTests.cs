using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>The packages, as they are used by a project that knows nothing of this repository.</summary>
public sealed class PackagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Packages of the user's cache are taken from there, so that libtorch is not fetched again. Those of this repository are not, because
    // no other package has this version, and they go to a cache that is deleted.
    private string Script => $$"""
        set -e
        user=${NUGET_PACKAGES:-$HOME/.nuget/packages}
        for project in Envs Policies MetaLearning MetaRL; do
            dotnet pack '{{Repository.Root}}'/src/$project/$project.csproj -c Release --no-build -o packages -p:PackageVersion=0.1.0-test \
                -v quiet --nologo
        done
        mkdir project
        cd project
        cat > NuGet.config <<END
        <configuration>
          <packageSources><add key="packed" value="../packages" /></packageSources>
          <fallbackPackageFolders><add key="user" value="$user" /></fallbackPackageFolders>
        </configuration>
        END
        dotnet new console --no-restore > /dev/null
        cp '{{Repository.Root}}'/examples/FromPackages/Program.cs .
        export NUGET_PACKAGES="$PWD/../cache"
        dotnet add package MamlRobotics.MetaRL --version 0.1.0-test > /dev/null
        dotnet run -c Release
        """;

    [FactWith("sh", "dotnet")]
    public void AnEmptyProjectInstallsThemStepsAnEnvironmentTrainsAndAdapts()
    {
        Directory.CreateDirectory(folder.In("work"));
        File.WriteAllText(folder.In("work", "try.sh"), Script);
        using MamlProcess shell = MamlProcess.StartCommand(["sh", "-c", $"cd '{folder.In("work")}' && sh ./try.sh"]);
        ProcessResult result = shell.Wait();
        Assert.Equal(("", 0), (result.Error, result.Code));
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("after 5 steps along x: x 0.50 m", lines[0]);
        Assert.StartsWith("after 1 gradient steps: return ", lines[^1]);
    }
}
