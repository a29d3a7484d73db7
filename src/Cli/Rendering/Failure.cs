using System.Runtime.InteropServices;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Rendering;

/// <summary>What the program says where it fails: one line on the error stream, never a stack trace.</summary>
internal static class Failure
{
    /// <summary>Exit codes: for a failure while a command runs, and for wrong input, which is found before anything runs.</summary>
    public const int WhileRunning = 1, WrongInput = 2;

    /// <param name="where">The process that failed, before the message; empty where there is only one</param>
    /// <returns>The exit code</returns>
    public static int Print(Exception problem, string where = "")
    {
        string message = problem is InputException || ExplainsItself(problem) ? problem.Message
            : $"Internal error, please report it: {problem.GetType().Name}: {problem.Message}";
        Console.Error.WriteLine($"maml: {where}{message.Split('\n')[0]}");
        return problem is InputException ? WrongInput : WhileRunning;
    }

    /// <summary>Whether the message of a failure tells a user enough.</summary>
    private static bool ExplainsItself(Exception problem) => problem is TrainingException or PlatformNotSupportedException
        or IOException or UnauthorizedAccessException or ExternalException or OutOfMemoryException or DllNotFoundException;
}
