using Faultline.AbiModel;
using Faultline.AbiSources.Sides;

namespace Faultline.AbiSources;

/// <summary>Turns what a user names into a side of a comparison.</summary>
public static class AbiSource
{
    /// <summary>Asked in this order; a word claimed by an earlier kind is written <c>./word</c> to mean the file.</summary>
    private static readonly ISideKind[] Kinds = [new ModelSide(), new HeadersSide(), new HeaderSide()];

    /// <summary>Every kind of side, for help and errors.</summary>
    public static IReadOnlyList<string> WhatASideMayBe { get; } = [.. Kinds.Select(kind => kind.What)];

    /// <summary>Reads one side. The exceptions are those of <see cref="ISideKind.ReadAsync"/>.</summary>
    public static Task<AbiSide> LoadAsync(SideRequest request, CancellationToken cancellation)
    {
        var kind = Array.Find(Kinds, kind => kind.Takes(request));
        return kind?.ReadAsync(request, cancellation)
            ?? throw new SideException($"{request.Name} does not exist. A side is {string.Join(", ", WhatASideMayBe.SkipLast(1))}, or {WhatASideMayBe[^1]}.");
    }
}
