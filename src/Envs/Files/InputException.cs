namespace MamlRobotics.Envs;

/// <summary>Wrong input, found before anything ran: one line that says what is wrong and what to do.</summary>
public sealed class InputException(string message) : Exception(message);
