using System.Text;
using System.Text.Json;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;

namespace Faultline.AbiTests.Runner;

/// <summary>
/// What a suite that stands ready in its guest is told to do, in a line of JSON on a port. Until then it knows neither profile nor filter,
/// so that a snapshot of the guest serves every run of the program on this kernel.
/// </summary>
/// <param name="Arguments">The arguments of the run.</param>
/// <param name="Abi">The model of the kernel under test; null for the first.</param>
/// <param name="Facts">What the kernel answered before.</param>
internal sealed record Orders(string[] Arguments, string? Abi, IReadOnlyDictionary<string, string> Facts)
{
    internal const string Option = "--orders";

    /// <summary>More than any profile is long.</summary>
    private const int Longest = 1 << 20;

    private const int LongestQuote = 200;

    private static readonly string ProfileFile = Path.Combine(Path.GetTempPath(), $"faultline-profile-{Environment.ProcessId}.json");

    /// <summary>Gets ready, and waits.</summary>
    /// <param name="port">Where the line comes from.</param>
    /// <exception cref="FormatException">What came cannot be read as orders.</exception>
    internal static Orders Await(string port)
    {
        var facts = LiveFacts.Ask();
        WarmUp();
        using var stream = new FileStream(port, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Read(ReadLine(stream), facts);
    }

    /// <summary>Everything that a plan takes runs once: what it touches is then in memory, and in the snapshot.</summary>
    private static void WarmUp()
    {
        File.WriteAllText(ProfileFile, """{"schema":"faultline-profile/1","name":"none","role":"control"}""");
        var profile = Profile.Load(ProfileFile);
        using var writer = new EventWriter(Stream.Null);
        var events = new SuiteEvents(writer, RestOfRun.Whole);
        events.Hello(profile);
        events.Plan(Suite.Plan(profile, new TestFilter([])), rounds: 1);
    }

    private static byte[] ReadLine(Stream stream)
    {
        var line = new MemoryStream();
        var part = new byte[4096];
        while (line.Length < Longest)
        {
            var count = stream.Read(part);
            if (count == 0)
                throw new FormatException("the orders ended before their line did");
            var end = Array.IndexOf(part, (byte)'\n', 0, count);
            line.Write(part, 0, end < 0 ? count : end);
            if (end >= 0)
                return line.ToArray();
        }
        throw new FormatException($"the orders are longer than {Longest} bytes");
    }

    private static Orders Read(byte[] line, IReadOnlyDictionary<string, string> facts)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            Machine.Refresh(root.GetProperty("entropy").GetBytesFromBase64(), root.GetProperty("seconds").GetInt64());
            File.WriteAllText(ProfileFile, root.GetProperty("profile").GetString());
            var abi = root.TryGetProperty("abi", out var name) ? name.GetString() : null;
            string[] arguments = [.. root.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString() ?? "")];
            return new Orders(["--profile", ProfileFile, .. arguments], abi, facts);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            var beginning = Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, LongestQuote)));
            throw new FormatException($"the orders cannot be read: {e.Message}: {beginning}", e);
        }
    }
}
