namespace MamlRobotics.Envs;

/// <summary>Names, sizes and limits of a family of tasks.</summary>
/// <param name="State">Name and unit of each state coordinate.</param>
/// <param name="Observation">Name and unit of each observed coordinate.</param>
/// <param name="Action">Name, unit and actuator limits of each action coordinate.</param>
/// <param name="Task">Name and unit of each task column.</param>
/// <param name="Horizon">Steps until an episode is truncated.</param>
/// <param name="ResetDraws">Uniform draws that a reset consumes.</param>
public sealed record EnvironmentSpec(
    IReadOnlyList<Coordinate> State,
    IReadOnlyList<Coordinate> Observation,
    IReadOnlyList<Coordinate> Action,
    IReadOnlyList<Coordinate> Task,
    int Horizon,
    int ResetDraws = 0)
{
    /// <summary>What is the same for every task of the family. `maml envs` lists it, and recordings keep it.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Says what makes a task impossible, such as a negative mass. By default every task of finite numbers is possible.</summary>
    public TaskFlaw Flaw { get; init; } = _ => null;

    /// <summary>Whether a step may move an environment to a newly drawn start within an episode.</summary>
    public bool Relocates { get; init; }
}

/// <summary>Says what makes a task impossible, such as "payload is -1 and cannot be below 0"; null if the task is possible.</summary>
/// <param name="task">[task columns], finite</param>
public delegate string? TaskFlaw(ReadOnlySpan<double> task);

/// <summary>A named number, with its unit and its range.</summary>
public sealed record Coordinate(
    string Name, string Unit, double Low = double.NegativeInfinity, double High = double.PositiveInfinity);

/// <summary>A setting of a family, as text.</summary>
public sealed record Setting(string Name, string Value, string Unit = "");
