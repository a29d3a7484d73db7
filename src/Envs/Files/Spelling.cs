namespace MamlRobotics.Envs;

/// <summary>Finds the word that a user probably meant.</summary>
public static class Spelling
{
    /// <summary>The end of a sentence that rejects a word. It suggests the nearest candidate if that is near enough.</summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates)
    {
        (string? candidate, int distance) = candidates
            .Select(candidate => (candidate, Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .DefaultIfEmpty((null!, int.MaxValue))
            .MinBy(pair => pair.Item2);
        return distance <= Math.Max(2, word.Length / 2) ? $"; did you mean '{candidate}'?" : ".";
    }

    // The Levenshtein distance.
    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[^1];
    }
}
