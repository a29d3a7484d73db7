namespace MamlRobotics.Viewer;

/// <summary>The return that the cells of a map show.</summary>
public enum MapContent
{
    /// <summary>The return of the prior policy.</summary>
    Prior,

    /// <summary>The return after the last gradient step.</summary>
    Adapted,

    /// <summary>The difference that the gradient steps have made.</summary>
    Gain,
}
