namespace MamlRobotics.MetaLearning;

/// <summary>
/// Registers a kind of learner, meta-optimiser or problem. Configurations and commands find every class that has the attribute.
/// </summary>
/// <param name="name">The name in configurations, also of the object that holds the kind's options</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ChoiceAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>The name in tables and pictures.</summary>
    public required string Label { get; init; }

    /// <summary>The paper, with its algorithm or equation.</summary>
    public required string Source { get; init; }
}
