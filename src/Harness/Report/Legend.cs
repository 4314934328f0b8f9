namespace Faultline.Harness.Report;

/// <summary>What the notation of the rows means: docs/conformance-suite.md has all of it.</summary>
internal static class Legend
{
    private static readonly (string Sign, string Meaning)[] Signs =
    [
        ("-", "nothing mapped"), ("M", "a marker: protected, no page"), ("Z", "the zeropage"), ("H", "the huge zeropage"),
        ("A", "any other page"), ("S", "swapped out"), ("Zw, Aw", "the same, protected"), ("-w", "nothing mapped, protected (hugetlb)"),
        ("M*512", "512 of them in order"), ("M > -", "first, and then"),
        ("wp|write", "event: a write to a protected page"),
        ("missing", "event: a first access"), ("a, b", "two events, in order"),
        ("1+0", "faults of the thread: minor + major"), ("none", "no event"),
    ];

    public static void Write(Html html)
    {
        html.Raw("<details class=\"notation\" open><summary class=\"soft\">▸ notation</summary><dl>");
        foreach (var (sign, meaning) in Signs)
            html.Raw("<dt class=\"mono\">").Text(sign).Raw("</dt><dd>").Text(meaning).Raw("</dd>");
        html.Raw("</dl></details>\n");
    }
}
