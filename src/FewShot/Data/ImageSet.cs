namespace MamlRobotics.FewShot;

/// <summary>Pictures of one class, such as a character.</summary>
/// <param name="Group">What the class belongs to, such as an alphabet; splits by group keep it together</param>
/// <param name="Images">Each [side * side], row by row from the top, 0 for the background and 1 for ink</param>
public sealed record ImageClass(string Group, string Name, IReadOnlyList<float[]> Images);

/// <summary>Grey pictures of one size, sorted into classes.</summary>
/// <param name="Name">The name of the data, with its split and its rotations</param>
/// <param name="Side">The width and the height of every picture</param>
public sealed record ImageSet(string Name, int Side, IReadOnlyList<ImageClass> Classes)
{
    /// <summary>The set with every class four times, turned by 0, 90, 180 and 270 degrees, each a class of its own.</summary>
    public ImageSet WithRotations() => this with
    {
        Name = $"{Name} and rotations",
        Classes = [.. Enumerable.Range(0, 4).SelectMany(turns => Classes.Select(one => Turned(one, turns)))],
    };

    /// <summary>The classes that <paramref name="chosen"/> selects.</summary>
    public ImageSet Where(string name, Func<ImageClass, bool> chosen) => this with { Name = name, Classes = [.. Classes.Where(chosen)] };

    private ImageClass Turned(ImageClass one, int turns) => turns == 0 ? one : one with
    {
        Name = $"{one.Name} turned by {90 * turns} degrees",
        Images = [.. one.Images.Select(image => Enumerable.Range(0, turns).Aggregate(image, (picture, _) => Turned(picture)))],
    };

    // A quarter turn to the left: what was on the right is at the top.
    private float[] Turned(float[] picture)
    {
        var turned = new float[picture.Length];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++) turned[(Side - 1 - x) * Side + y] = picture[y * Side + x];
        return turned;
    }
}
