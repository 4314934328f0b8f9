using CsCheck;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Programs;

/// <summary>Whatever a program prints, cut off anywhere: the readers answer, and nothing that was not seen passes.</summary>
public sealed class HostileOutputTests
{
    private static readonly Gen<string> Word = Of(
        "ok 1", "not ok 2", "ok 3 # SKIP", "1..3", "1..0", "TAP version 13", "KTAP version 1", "  ", "    ", "Bail out!", "# Subtest: x",
        "Testing a on b...", "testing c: ", "done", "failed [reason: x]", "skipped", "ERROR: no", "pass=1, skip=0, fail=0 (total=1)",
        "\0", "\uFFFD", "#", " - ", "…");

    private static readonly Gen<string> Text =
        Gen.OneOf(Word, Gen.String[Gen.Char['\u0001', '\u00ff'], 0, 12]).Array[0, 8].Select(words => string.Join(' ', words)).Array[0, 20]
            .Select(lines => string.Join('\n', lines));

    private static readonly Gen<int> Status = Of(0, 1, 2, 4, 127, 137, 139);

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Garbage_is_read_without_an_exception_and_every_name_is_unique() => Gen.Select(Text, Status).Sample((text, status) =>
    {
        var parsed = Printed.Read(text, status);
        Assert.Equal(parsed.Tests.Length, parsed.Tests.Select(test => test.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(parsed.Tests, test => Assert.NotNull(test.Outcome));
        Assert.All(parsed.Tests.Where(test => test.Outcome != TestOutcome.Passed), test => Assert.False(string.IsNullOrEmpty(test.Detail)));
    });

    /// <summary>A plan of n tests of which the output is cut off: no prefix is a whole output.</summary>
    [Fact]
    public void A_kept_plan_that_is_cut_off_anywhere_is_a_problem() => Gen.Select(Gen.Int[1, 8], Gen.Double.Unit).Sample((count, where) =>
    {
        List<string> lines =
            ["KTAP version 1", $"1..{count}", .. Enumerable.Range(1, count).Select(number => $"ok {number} - test {number}")];
        Assert.Empty(Printed.Read(string.Join('\n', lines)).Problems);
        var cut = lines.Take((int)(where * (lines.Count - 1)) + 1).ToList();
        if (cut.Count < lines.Count)
            Assert.NotEmpty(Printed.Read(string.Join('\n', cut)).Problems);
    });

    /// <summary>What a program means is what is read, for every outcome that it can mean.</summary>
    [Fact]
    public void What_is_written_as_TAP_is_what_is_read() => Of("passed", "failed", "skipped").Array[1, 10].Sample(outcomes =>
    {
        var lines = outcomes.Select((outcome, i) => outcome switch
        {
            "passed" => $"ok {i + 1} - t{i}",
            "failed" => $"not ok {i + 1} - t{i}",
            _ => $"ok {i + 1} - t{i} # SKIP because",
        });
        var parsed = Printed.Read($"1..{outcomes.Length}\n{string.Join('\n', lines)}", status: 1);
        Assert.Equal(outcomes.Select((outcome, i) => $"t{i}: {outcome}"), Printed.Of(parsed));
        Assert.Empty(parsed.Problems);
    });
}
