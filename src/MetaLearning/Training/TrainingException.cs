namespace MamlRobotics.MetaLearning;

/// <summary>A run cannot continue. The message says why in one line; files that were saved before stay as they are.</summary>
public sealed class TrainingException(string message) : Exception(message);
