namespace MamlRobotics.MetaLearning;

/// <summary>A run that cannot go on: one line that says why; what was saved before stays.</summary>
public sealed class TrainingException(string message) : Exception(message);
