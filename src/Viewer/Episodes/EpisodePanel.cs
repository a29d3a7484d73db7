namespace MamlRobotics.Viewer;

/// <summary>A panel beside the pictures. A small window has room for one of them.</summary>
public enum EpisodePanel
{
    /// <summary>Why a picture is taken for its class.</summary>
    Why,

    /// <summary>The features in two dimensions.</summary>
    Map,

    /// <summary>Where the user draws.</summary>
    Draw,
}
