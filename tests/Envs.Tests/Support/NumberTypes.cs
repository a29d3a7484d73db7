namespace MamlRobotics.Envs.Tests;

/// <summary>The number types of this library, each as a simulator that the contract can check.</summary>
internal static class NumberTypes
{
    public static IReadOnlyDictionary<string, SubjectFactory> All { get; } = new Dictionary<string, SubjectFactory>
    {
        ["scalar"] = (family, tasks, count, autoReset) => new ScalarSubject(family, tasks, count, autoReset),
        ["lanes"] = (family, tasks, count, autoReset) => new LaneSubject(family, tasks, count, autoReset),
    };
}
