using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Results;

namespace Faultline.Harness.Programs;

/// <summary>Reads what a program printed, in whichever notation: TAP or KTAP, or the free text of the memory selftests.</summary>
internal static class OutputReading
{
    /// <param name="lines">What it printed.</param>
    /// <param name="end">How it ended; null while nobody knows.</param>
    public static ParsedOutput Read(IReadOnlyList<PrintedLine> lines, ProgramEnd? end)
    {
        var parsed = lines.Any(line => TapReading.IsTap(line.Text)) ? TapReading.Read(lines)
            : lines.Any(line => FreeTextReading.Begins(line.Text)) ? FreeTextReading.Read(lines, end)
            : ParsedOutput.Nothing;
        return parsed with { Tests = Unique(parsed.Tests) };
    }

    /// <summary>Two tests of one name are two tests.</summary>
    private static ImmutableArray<ParsedTest> Unique(ImmutableArray<ParsedTest> tests)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. tests.Select(test =>
        {
            var name = test.Name;
            for (var number = 2; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{test.Name} ({number})");
            return test with { Name = name };
        })];
    }
}
