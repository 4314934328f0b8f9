using Faultline.Harness.Programs;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Programs;

/// <summary>Output of programs for tests, and what is read from it in short.</summary>
internal static class Printed
{
    public static ProgramEnd Ended(int status = 0) => new(status, Seconds: 1, T: 100);

    public static IReadOnlyList<PrintedLine> Lines(string text) =>
        [.. text.Split('\n').Select((line, i) => new PrintedLine(line, i + 1))];

    public static ParsedOutput Read(string text, ProgramEnd? end) => OutputReading.Read(Lines(text), end);

    public static ParsedOutput Read(string text, int status = 0) => Read(text, Ended(status));

    /// <summary><c>name: outcome</c> for each test.</summary>
    public static IEnumerable<string> Of(ParsedOutput parsed) =>
        parsed.Tests.Select(test => $"{test.Name}: {test.Outcome?.Name() ?? "open"}");
}
