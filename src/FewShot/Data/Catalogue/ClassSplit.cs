using System.Globalization;
using System.Text.RegularExpressions;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// A part of a set: the classes, or the groups, between two percentages of an order that the set's name and the seed decide. Parts that
/// do not overlap share no class. Rotations are added afterwards, or a class and its turned copies would part.
/// </summary>
/// <param name="Set">The name of the whole set</param>
public sealed partial record ClassSplit(string Set, int From, int To, bool IsByGroup)
{
    /// <summary>Reads a name such as mnist@0-60 or omniglot-background@groups:80-100; null where it has no such end.</summary>
    /// <exception cref="InputException">The percentages are not in order.</exception>
    public static ClassSplit? Parse(string name)
    {
        Match match = Form().Match(name);
        if (!match.Success) return null;
        int from = Percent(match, "from"), to = Percent(match, "to");
        return from < to && to <= 100 ? new(match.Groups["set"].Value, from, to, match.Groups["groups"].Success)
            : throw new InputException($"{name}: the percentages of a split rise from 0 to 100, as in @0-60 or @60-100.");
    }

    /// <exception cref="InputException">The part has no class.</exception>
    public ImageSet Of(ImageSet set, string name, long seed)
    {
        RandomStream draws = RandomStream.FromSeed(seed).Stream($"split of {Set}");
        string[] keys = [.. set.Classes.Select(Key).Distinct().OrderBy(key => draws.Stream(key).Uniform(0)).ThenBy(key => key)];
        HashSet<string> kept = [.. keys[(keys.Length * From / 100)..(keys.Length * To / 100)]];
        ImageSet part = set.Where(name, one => kept.Contains(Key(one)));
        return part.Classes.Count > 0 ? part : throw new InputException(
            $"{name} is empty: {Set} has {keys.Length} {(IsByGroup ? "groups" : "classes")}, too few for such a part.");
    }

    private string Key(ImageClass one) => IsByGroup ? one.Group : $"{one.Group}/{one.Name}";

    private static int Percent(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<set>.+)@(?<groups>groups:)?(?<from>[0-9]{1,3})-(?<to>[0-9]{1,3})$")]
    private static partial Regex Form();
}
