namespace MamlRobotics.MetaLearning;

/// <summary>Registers a kind of learner or of meta-optimiser: the attribute alone makes it known to configurations and commands.</summary>
/// <param name="name">In configurations, also of the object that holds its options</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ChoiceAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>In tables and pictures.</summary>
    public required string Label { get; init; }

    /// <summary>The paper, with its algorithm or equation.</summary>
    public required string Source { get; init; }
}
