namespace MamlRobotics.FewShot;

/// <summary>
/// Fonts that must not part between training and test: those of one maker, and those that took over the outlines of another's, which shows
/// where they draw characters alike.
/// </summary>
internal static class Schools
{
    private const int Asked = 40, Side = 32;
    private const double TrainingShare = 0.6;

    /// <summary>The fonts of the schools that are for training, or of the others.</summary>
    /// <param name="characters">Characters that many of the fonts have</param>
    public static Writer[] Of(Writer[] writers, int[] characters, bool isTraining)
    {
        float[]?[][] drawn = [.. writers.Select(writer => Sample(writer, characters))];
        (int[] Members, int Weight)[] schools = [.. Linked(writers, drawn).Select(members => (members, Weight(members, drawn)))];
        double training = 0, test = 0;
        var chosen = new HashSet<Writer>();
        // Each goes to the part that lacks more, the largest first.
        foreach ((int[] members, int weight) in schools.OrderByDescending(school => school.Weight))
        {
            bool isForTraining = training / TrainingShare <= test / (1 - TrainingShare);
            if (isForTraining) training += weight;
            else test += weight;
            if (isForTraining == isTraining) chosen.UnionWith(members.Select(index => writers[index]));
        }
        return [.. writers.Where(chosen.Contains)];
    }

    /// <summary>Whether two pictures differ by less than a twentieth of their ink, as those of two editions of one font do.</summary>
    public static bool AreAlike(float[] one, float[] other)
    {
        const float Share = 0.05f;
        float allowed = Share * one.Sum(), difference = 0;
        for (int i = 0; i < one.Length && difference <= allowed; i++) difference += Math.Abs(one[i] - other[i]);
        return difference <= allowed;
    }

    private static float[]?[] Sample(Writer writer, int[] characters) =>
    [
        .. Enumerable.Range(0, characters.Length).Where(i => i % Math.Max(1, characters.Length / Asked) == 0)
            .Select(i => writer.Has(characters[i]) ? writer.Draw(characters[i], Side) : null),
    ];

    private static IEnumerable<int[]> Linked(Writer[] writers, float[]?[][] drawn)
    {
        int[] school = [.. Enumerable.Range(0, writers.Length)];
        for (int i = 0; i < writers.Length; i++)
            for (int j = 0; j < i; j++)
            {
                if (school[i] == school[j] || writers[i].Maker != writers[j].Maker && !ShareOutlines(drawn[i], drawn[j])) continue;
                (int kept, int joined) = (school[j], school[i]);
                for (int k = 0; k < school.Length; k++)
                    if (school[k] == joined) school[k] = kept;
            }
        return Enumerable.Range(0, writers.Length).GroupBy(index => school[index]).Select(group => group.ToArray());
    }

    private static bool ShareOutlines(float[]?[] one, float[]?[] other)
    {
        int both = 0, alike = 0;
        for (int i = 0; i < one.Length; i++)
        {
            if (one[i] is not { } first || other[i] is not { } second) continue;
            both++;
            if (AreAlike(first, second)) alike++;
        }
        // Two fonts may well have the same bar for a one.
        return 4 * alike > both;
    }

    /// <summary>How many different pictures of the sample a school draws: editions of one font count once.</summary>
    private static int Weight(int[] members, float[]?[][] drawn) => Enumerable.Range(0, drawn[0].Length).Sum(character =>
    {
        var different = new List<float[]>();
        foreach (int member in members)
            if (drawn[member][character] is { } picture && !different.Any(other => AreAlike(picture, other))) different.Add(picture);
        return different.Count;
    });
}
