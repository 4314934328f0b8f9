using System.Text;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Results;

/// <summary>Event streams and logs for tests, written the way the guest writes them.</summary>
internal static class Streams
{
    public const string Boot = """{"event":"boot","release":"6.1.0-wp-zeropage","clocksource":"tsc","uptime":1.5}""";
    public const string Hello = """{"event":"hello","schema":"faultline-events/1","profile":"wp-zeropage","release":"6.1.0-wp-zeropage","machine":"x86_64","runtime":".NET 10.0","t":0.5,"uptime":4.5}""";
    public const string Plan = """{"event":"plan","tests":[{"id":"R1","name":"write","suite":"scenario","row":"R1","promise":true},{"id":"Abi.Layout","name":"layout","suite":"generated","promise":false}]}""";
    public const string Live = """{"event":"live","facts":{"features":"0x3fff"},"t":0.9}""";
    public const string Banner = "[    0.000000] Linux version 6.1.0-wp-zeropage (faultline)\n";

    public static string PlanOf(string id) => $$"""{"event":"plan","tests":[{"id":"{{id}}","name":"{{id}}","suite":"scenario","promise":false}]}""";

    public static string Start(string id, double t = 1) => $$"""{"event":"start","id":"{{id}}","t":{{t}}}""";

    public static string Result(string id, string outcome = "passed", string more = "", double t = 2) =>
        $$"""{"event":"result","id":"{{id}}","outcome":"{{outcome}}","seconds":0.01,"t":{{t}}{{(more.Length > 0 ? "," + more : "")}}}""";

    public static string End(int passed = 2, int failed = 0, int skipped = 0) =>
        $$"""{"event":"end","passed":{{passed}},"failed":{{failed}},"skipped":{{skipped}},"seconds":3}""";

    public static string Exit(int code = 0) => $$"""{"event":"exit","code":{{code}}}""";

    public static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    public static RunRecord Record(params string[] lines) => RunRecord.FromEvents(EventStreamReader.ReadAll(Bytes(lines)));

    public static RunEvidence Evidence(string log, GuestEnding ending, params string[] lines) =>
        new(Record(lines), KernelLogScanner.Scan(log), ending);

    /// <summary>A clean, complete run of the plan above.</summary>
    public static readonly string[] Clean = [Boot, Hello, Plan, Start("R1"), Result("R1"), Start("Abi.Layout", 2), Result("Abi.Layout", t: 3), End(), Exit()];
}
