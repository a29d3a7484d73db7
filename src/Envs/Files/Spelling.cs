namespace MamlRobotics.Envs;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    /// <summary>The candidate with the smallest edit distance (Levenshtein), upper and lower case alike.</summary>
    public static string Nearest(string word, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant()))!;

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
