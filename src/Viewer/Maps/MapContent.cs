namespace MamlRobotics.Viewer;

/// <summary>Which return the cells of a map show.</summary>
public enum MapShows
{
    /// <summary>That of the prior policy.</summary>
    Prior,

    /// <summary>That after the last gradient step.</summary>
    Adapted,

    /// <summary>What the gradient steps have added.</summary>
    Gain,
}
