namespace MamlRobotics.Viewer;

/// <summary>What a window says about a classifier, and what the classifier can do.</summary>
/// <param name="Title">Names what has learned</param>
/// <param name="Caption">Says what episodes there are, and where the checkpoint is from</param>
/// <param name="Ways">The number of classes of an episode</param>
/// <param name="Adapts">Whether it takes gradient steps</param>
/// <param name="HasFixedClasses">Whether it tells only so many classes apart, so that a new class takes the place of another</param>
public sealed record EpisodeProblem(string Title, string Caption, int Ways, bool Adapts, bool HasFixedClasses);
