namespace MamlRobotics.MetaLearning;

/// <summary>A run cannot continue. The message says why in one line; files that were saved before stay as they are.</summary>
public sealed class TrainingException(string message) : Exception(message)
{
    /// <summary>The index of the task that is at fault, from 0; null where it is none by itself.</summary>
    public int? Task { get; private init; }

    /// <summary>What is not as it should be of the task.</summary>
    public string Fault { get; private init; } = "";

    /// <param name="task">From 0</param>
    /// <param name="fault">Completes a sentence that begins with the task and "has", without its full stop</param>
    /// <param name="name">What the task is, such as its goal; null where it is not known</param>
    public static TrainingException OfTask(int task, string fault, string? name = null)
    {
        string named = name is null ? "" : $" ({name})";
        return new(FormattableString.Invariant($"Task {task + 1}{named} has {fault}.")) { Task = task, Fault = fault };
    }
}
