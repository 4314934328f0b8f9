namespace Faultline.Harness.Bench;

/// <summary>A patch that a developer might have edited: one definition at the end of a source file, never the same twice, so that no cache knows its result.</summary>
internal static class SourceEdit
{
    private const int ContextLines = 3;

    /// <param name="file">Path in the kernel tree.</param>
    /// <param name="content">The file as it stands before the patch.</param>
    /// <param name="value">What makes this edit different from every other.</param>
    /// <returns>The patch as <c>git am</c> reads it.</returns>
    public static string PatchFor(string file, string content, string value)
    {
        var lines = content.TrimEnd('\n').Split('\n');
        var context = lines[^Math.Min(ContextLines, lines.Length)..];
        var start = lines.Length - context.Length + 1;
        string[] added = ["", $"static const char faultline_bench[] __attribute__((used)) = \"{value}\";"];
        return $"""
            From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
            From: Faultline <faultline@localhost>
            Date: Thu, 1 Jan 1970 00:00:00 +0000
            Subject: [PATCH] {file}: change it for a benchmark

            ---
            diff --git a/{file} b/{file}
            --- a/{file}
            +++ b/{file}
            @@ -{start},{context.Length} +{start},{context.Length + added.Length} @@
            {string.Join('\n', context.Select(line => " " + line).Concat(added.Select(line => "+" + line)))}
            --{" "}
            2

            """.ReplaceLineEndings("\n");
    }
}
