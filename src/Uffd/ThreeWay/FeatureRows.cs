using Faultline.AbiModel;

namespace Faultline.Uffd.ThreeWay;

/// <summary>Features: the bits the header names must be those the kernel offers, no more and no fewer.</summary>
internal static class FeatureRows
{
    private const string Group = "features";

    public static IEnumerable<SourceRow> Of(AbiSpec header, LiveAnswers live)
    {
        var named = 0UL;
        foreach (var feature in HeaderFacts.Features(header))
        {
            var bits = (ulong)(feature.Integer & ulong.MaxValue);
            named |= bits;
            var offered = (live.Features & bits) == bits;
            yield return new(Group, feature.Name, HeaderFacts.Shift(feature.Integer), SourceRow.Silent, offered ? "offered" : "not offered", offered);
        }

        for (var bit = 0; bit < 64; bit++)
        {
            if ((live.Features & ~named & (1UL << bit)) != 0)
                yield return new(Group, $"feature bit {bit}", "no name", SourceRow.Silent, "offered", false);
        }

        foreach (var (mask, answer) in new[] { ("UFFD_API_FEATURES", live.Features), ("UFFD_API_IOCTLS", live.Ioctls), ("UFFD_API_REGISTER_MODES", live.RegisterModes) })
        {
            if (HeaderFacts.Mask(header, mask) is { } value)
                yield return new(Group, mask, HeaderFacts.Hex(value), SourceRow.Silent, HeaderFacts.Hex(answer), value == answer);
        }
    }
}
