namespace MamlRobotics.Viewer;

/// <summary>An adaptation that the user asks for.</summary>
/// <param name="Task">[task columns]</param>
/// <param name="Number">The number, from 1, of the test task from which the user began</param>
/// <param name="IsChosen">Whether the user has changed the task since</param>
/// <param name="StepScale">Factor of all inner step sizes</param>
/// <param name="Seed">Seed of the episodes</param>
/// <param name="OfAllTasks">Whether to adapt to every test task instead of this one</param>
public sealed record AdaptationRequest(
    IReadOnlyList<double> Task, int Number, bool IsChosen, int Steps, int Trajectories, double StepScale, long Seed,
    bool OfAllTasks = false)
{
    /// <summary>Whether a map of returns of one request is also that of the other.</summary>
    public bool SharesMap(AdaptationRequest other, ReturnMap map)
    {
        if ((Steps, StepScale) != (other.Steps, other.StepScale)) return false;
        for (int column = 0; column < Task.Count; column++)
            if (column != map.X.Column && column != map.Y.Column && Task[column] != other.Task[column]) return false;
        return true;
    }
}
