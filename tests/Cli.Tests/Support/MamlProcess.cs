using System.Diagnostics;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>The program as a user meets it: a process with arguments, two streams and an exit code.</summary>
internal sealed class MamlProcess : IDisposable
{
    private const string Program = "maml.dll";

    /// <summary>The compiled program, for commands that start it by themselves.</summary>
    public static readonly string ProgramPath = Path.Combine(AppContext.BaseDirectory, Program);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly Task<string> output, error;

    private MamlProcess(Process process)
    {
        this.process = process;
        (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Runs to the end.</summary>
    public static ProcessResult Run(params string[] arguments)
    {
        using MamlProcess started = Start(arguments);
        return started.Wait();
    }

    /// <summary>Runs a copy of the program that lies in another folder.</summary>
    public static ProcessResult RunFrom(string folder, params string[] arguments)
    {
        using MamlProcess started = Start(Path.Combine(folder, Program), [], arguments);
        return started.Wait();
    }

    /// <summary>Runs another program, which ends with the commands, from beside the tests.</summary>
    public static ProcessResult RunOther(string program, params string[] arguments)
    {
        using MamlProcess started = Start(Path.Combine(AppContext.BaseDirectory, program), [], arguments);
        return started.Wait();
    }

    public static MamlProcess Start(params string[] arguments) => Start([], arguments);

    /// <param name="variables">Put over the environment of the tests</param>
    public static MamlProcess Start((string Name, string Value)[] variables, params string[] arguments) =>
        Start(ProgramPath, variables, arguments);

    private static MamlProcess Start(string program, (string Name, string Value)[] variables, string[] arguments)
    {
        // Tests may run as a background job, whose children inherit that signals are ignored.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,HUP,TERM", "dotnet"] : ["dotnet"];
        return StartCommand([.. command, program, .. arguments], variables);
    }

    /// <summary>Starts a program of the system.</summary>
    public static MamlProcess StartCommand(string[] command, params (string Name, string Value)[] variables)
    {
        var information = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string name, string value) in variables) information.Environment[name] = value;
        return new MamlProcess(Process.Start(information)!);
    }

    public int Id => process.Id;

    public ProcessResult Wait()
    {
        if (!process.WaitForExit(Longest)) throw new TimeoutException("The program did not end.");
        return new ProcessResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Waits until something is so, for as long as the program runs.</summary>
    public void WaitUntil(Func<bool> condition) => Patience.Until(condition, () =>
    {
        if (process.HasExited) throw new InvalidOperationException($"The program ended first: {error.Result}");
    }, Longest);

    /// <summary>Ends the program with no chance to do anything about it.</summary>
    public void Kill() => process.Kill();

    /// <summary>Sends a signal by name, such as INT.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}

internal sealed record ProcessResult(int Code, string Output, string Error)
{
    /// <summary>What is asked of every failure: its exit code, one line on the error stream, no stack trace.</summary>
    public void MustFail(int code, string saying)
    {
        Assert.Contains(saying, Error, StringComparison.Ordinal);
        Assert.StartsWith("maml: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.Equal(code, Code);
    }
}
