using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.Uffd;

/// <summary>What a running kernel answered about the userfaultfd ABI, in the notation of the <c>live</c> event (docs/guest-contract.md).</summary>
/// <remarks>Contract: nothing in it comes from a header; bits, codes and sizes are those the kernel knows.</remarks>
public sealed record LiveAnswers
{
    private const string Range = "range.", Memory = "memory.";

    /// <summary>What UFFDIO_API reports in <c>features</c>.</summary>
    public ulong Features { get; init; }

    /// <summary>What UFFDIO_API reports in <c>ioctls</c>: bit n is ioctl number n.</summary>
    public ulong Ioctls { get; init; }

    /// <summary>Every request code the descriptor knows.</summary>
    public EquatableArray<uint> Requests { get; init; }

    /// <summary>Every request code without an argument that <c>/dev/userfaultfd</c> knows.</summary>
    public EquatableArray<uint> DeviceRequests { get; init; }

    /// <summary>The errno why the device could not be asked, or empty.</summary>
    public string DeviceErrno { get; init; } = "";

    /// <summary>Bytes of one message of read(2).</summary>
    public int MessageSize { get; init; }

    /// <summary>The mode bits UFFDIO_REGISTER takes for some memory.</summary>
    public ulong RegisterModes { get; init; }

    public EquatableArray<LiveRange> Ranges { get; init; }

    /// <summary>Kinds of memory that could not be mapped, so that nothing is known of their ranges.</summary>
    public EquatableArray<string> Unmapped { get; init; }

    /// <summary>Reads the facts of a <c>live</c> event. Facts with other names are left aside.</summary>
    /// <exception cref="FormatException">A fact is missing or malformed, or no range was tried; says which. A probe that failed says why, as the fact <c>error</c>.</exception>
    public static LiveAnswers Parse(IReadOnlyDictionary<string, string> facts)
    {
        if (facts.TryGetValue("error", out var error))
            throw new FormatException(error);
        var device = Fact(facts, "device");
        if (!facts.Keys.Any(name => name.StartsWith(Range, StringComparison.Ordinal) || name.StartsWith(Memory, StringComparison.Ordinal)))
            throw new FormatException("the kernel's answers hold no range and no memory that could not be mapped");
        var isErrno = device.StartsWith('E');
        return new()
        {
            Features = Hex("features", Fact(facts, "features")),
            Ioctls = Hex("ioctls", Fact(facts, "ioctls")),
            Requests = Codes("requests", Fact(facts, "requests")),
            DeviceRequests = isErrno ? default : Codes("device", device),
            DeviceErrno = isErrno ? device : "",
            MessageSize = int.TryParse(Fact(facts, "message"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? size
                : throw Malformed("message", facts["message"]),
            RegisterModes = Hex("modes", Fact(facts, "modes")),
            Ranges = facts.Where(fact => fact.Key.StartsWith(Range, StringComparison.Ordinal))
                .OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(ParseRange).ToEquatableArray(),
            Unmapped = facts.Keys.Where(name => name.StartsWith(Memory, StringComparison.Ordinal))
                .Select(name => name[Memory.Length..]).OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray(),
        };
    }

    private static LiveRange ParseRange(KeyValuePair<string, string> fact)
    {
        var parts = fact.Key.Split('.');
        if (parts.Length != 3)
            throw new FormatException($"'{fact.Key}' is not a range: write range.MEMORY.MODE+MODE");
        var modes = parts[2].Split('+').ToEquatableArray();
        return fact.Value.StartsWith('E')
            ? new(parts[1], modes, fact.Value, 0)
            : new(parts[1], modes, "", Hex(fact.Key, fact.Value));
    }

    private static string Fact(IReadOnlyDictionary<string, string> facts, string name) =>
        facts.TryGetValue(name, out var value) ? value : throw new FormatException($"the kernel's answers lack '{name}'");

    private static EquatableArray<uint> Codes(string name, string text) => text.Split([' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(code => Hex(name, code) is var value && value <= uint.MaxValue ? (uint)value : throw Malformed(name, code)).ToEquatableArray();

    private static ulong Hex(string name, string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Malformed(name, text);

    private static FormatException Malformed(string name, string text) => new($"the kernel's answer '{name}' is '{text}', which is not a number");
}
