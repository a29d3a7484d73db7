namespace MamlRobotics.Viewer;

/// <summary>The picture or film that a user asks for.</summary>
/// <param name="Path">The file, whose name decides the format unless <paramref name="Format"/> does</param>
/// <param name="Width">In pixels</param>
/// <param name="Height">In pixels</param>
/// <param name="Seconds">The length of a film</param>
public sealed record PictureOrder(string Path, int Width, int Height, Theme Theme, double Seconds, string? Format = null);
