using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Measurements;

/// <summary>What is measured in place of tests.</summary>
/// <param name="Kind">What.</param>
/// <param name="Bytes">With how much memory, at most.</param>
internal sealed record Measurement(MeasurementKind Kind, nuint Bytes)
{
    private static readonly MeasurementKind[] Kinds =
    [
        new(ProtectionCost.Name, 1024, ProtectionCost.Write),
        new(FeatureCost.Name, 8192, FeatureCost.Write),
        new(SnapshotCost.Name, 64, SnapshotCost.Write),
    ];

    /// <param name="text">A name, or <c>NAME=MIB</c>.</param>
    /// <exception cref="FormatException">It is neither; the message names what there is.</exception>
    internal static Measurement Parse(string text)
    {
        var (name, mebibytes) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, null);
        if (Kinds.FirstOrDefault(kind => kind.Name == name) is not { } found)
        {
            throw new FormatException(
                $"--measure takes {string.Join(", ", Kinds.Select(kind => $"'{kind.Name}'"))} and 'NAME=MIB', not '{text}'");
        }
        if (mebibytes is null)
            return new(found, found.DefaultMebibytes << 20);
        return nuint.TryParse(mebibytes, out var size) && size is > 0 and <= 1 << 20
            ? new(found, size << 20)
            : throw new FormatException($"--measure '{text}': MIB is a number from 1 to {1 << 20}");
    }

    internal void Write(EventWriter events) => Kind.Write(events, Bytes);
}
