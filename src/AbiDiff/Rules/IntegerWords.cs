namespace Faultline.AbiDiff.Rules;

/// <summary>The words of C for integers that may have the same bytes.</summary>
internal static class IntegerWords
{
    private static readonly HashSet<string> Longs =
        ["int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long"];

    /// <summary>Whether both spellings are such words, and others. A typedef's name says nothing of it.</summary>
    public static bool Differ(string was, string now) => was != now && Longs.Contains(was) && Longs.Contains(now);
}
