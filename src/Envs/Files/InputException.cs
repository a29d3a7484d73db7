namespace MamlRobotics.Envs;

/// <summary>Wrong input that was found before any work. The message is one line that says what is wrong and what to do.</summary>
public sealed class InputException(string message) : Exception(message);
