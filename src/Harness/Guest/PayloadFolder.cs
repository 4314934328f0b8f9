using System.Globalization;
using System.Text;

namespace Faultline.Harness.Guest;

/// <summary>Puts together what the guest mounts on <c>/payload</c>: the published suite, the profile, the arguments.</summary>
internal static class PayloadFolder
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Path of the results port in the guest.</summary>
    public const string ResultsPort = "/dev/virtio-ports/org.faultline.results";

    /// <summary>A program that is started in the suite's place.</summary>
    public const string OtherProgram = "run";

    /// <summary>A suite that stands ready: the program alone, so that the image is the same for every profile and every filter.</summary>
    public static void CreateStanding(string published, string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.Copy(PublishedPayload.ProgramIn(published), PublishedPayload.ProgramIn(folder));
        WriteArguments(StandingSuite.Arguments, folder);
    }

    /// <param name="published">The published suite; its files are linked or copied.</param>
    /// <param name="profileJson">Content of <c>profile.json</c>.</param>
    /// <param name="arguments">The suite's arguments, one a line; no argument may hold a newline.</param>
    /// <param name="folder">Replaced.</param>
    public static void Create(string published, string profileJson, IReadOnlyList<string> arguments, string folder)
    {
        if (arguments.FirstOrDefault(argument => argument.Contains('\n', StringComparison.Ordinal)) is { } bad)
            throw new ArgumentException($"The suite's argument '{bad}' holds a newline; the guest reads one argument a line.", nameof(arguments));
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        foreach (var source in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(published, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "profile.json"), profileJson, Utf8);
        WriteArguments(arguments, folder);
    }

    private static void WriteArguments(IReadOnlyList<string> arguments, string folder) =>
        File.WriteAllText(Path.Combine(folder, "arguments"), string.Concat(arguments.Select(argument => argument + "\n")), Utf8);

    /// <summary>The suite's arguments for a run in a guest.</summary>
    /// <param name="filters">The user's filter queries.</param>
    /// <param name="rounds">How often the tests run.</param>
    /// <param name="first">Ids of the tests to begin with.</param>
    /// <param name="testDeadline">In seconds.</param>
    /// <param name="runDeadline">In seconds.</param>
    public static IReadOnlyList<string> Arguments(
        IEnumerable<string> filters, SuiteRounds rounds, IEnumerable<string> first, int testDeadline, int runDeadline) =>
        ["--profile", "/payload/profile.json", .. ArgumentsOfRun(filters, rounds, first, testDeadline, runDeadline)];

    /// <summary>The suite's arguments but for the profile, for one that is told its profile later.</summary>
    public static IReadOnlyList<string> ArgumentsOfRun(
        IEnumerable<string> filters, SuiteRounds rounds, IEnumerable<string> first, int testDeadline, int runDeadline) =>
    [
        "--events", ResultsPort,
        "--test-deadline", testDeadline.ToString(CultureInfo.InvariantCulture), "--run-deadline", runDeadline.ToString(CultureInfo.InvariantCulture),
        .. rounds.Arguments, .. first.SelectMany(id => (string[])["--first", id]), .. FilterArguments(filters),
    ];

    /// <summary>The suite's arguments for filters, in a guest and outside.</summary>
    public static IEnumerable<string> FilterArguments(IEnumerable<string> filters) =>
        filters.SelectMany(filter => (string[])["--filter", filter]);
}
