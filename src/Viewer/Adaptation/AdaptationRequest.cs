namespace MamlRobotics.Viewer;

/// <summary>An adaptation that the user asks for.</summary>
/// <param name="Task">[task columns]</param>
/// <param name="Number">Of the test task that it began from, from 1</param>
/// <param name="IsChosen">The task is no longer that one, but what the user made of it</param>
/// <param name="StepScale">Factor of all inner step sizes</param>
/// <param name="Seed">Of the episodes</param>
/// <param name="OfAllTasks">Adapt to every test task, not to the one alone</param>
public sealed record AdaptationRequest(
    IReadOnlyList<double> Task, int Number, bool IsChosen, int Steps, int Trajectories, double StepScale, long Seed, bool OfAllTasks = false)
{
    /// <summary>Whether a map of returns that holds for one holds for the other.</summary>
    public bool SharesMap(AdaptationRequest other, ReturnMap map)
    {
        if ((Steps, StepScale) != (other.Steps, other.StepScale)) return false;
        for (int column = 0; column < Task.Count; column++)
            if (column != map.X.Column && column != map.Y.Column && Task[column] != other.Task[column]) return false;
        return true;
    }
}
