using System.Numerics;
using Faultline.AbiConsumers.Matching;
using Faultline.AbiModel;

namespace Faultline.AbiConsumers;

/// <summary>How a definition in a source compares with the header.</summary>
public enum SiteState
{
    /// <summary>The header's value.</summary>
    Same,

    /// <summary>Another value, size or order of fields.</summary>
    Different,

    /// <summary>A count, a last one or a mask that grows with the header, and is smaller here: of an older header, but not wrong.</summary>
    Behind,

    /// <summary>The value cannot be found from this source alone.</summary>
    Unclear,

    /// <summary>The file is for another machine or system; it was not compared.</summary>
    Elsewhere,
}

/// <summary>One place where a source defines a name of the header.</summary>
/// <param name="File">Relative to the folder that was scanned.</param>
/// <param name="Line">From 1.</param>
/// <param name="Spelling">The name as the source has it.</param>
/// <param name="What">The value found, what differs, or why it is unclear.</param>
public sealed record Site(string File, int Line, string Spelling, SiteState State, string What);

/// <summary>What a source makes of one name.</summary>
/// <param name="Mentions">How often the code names it, definitions included.</param>
public sealed record NameUse(HeaderName Name, int Mentions, EquatableArray<Site> Sites)
{
    public bool Missing => Mentions == 0;

    public bool Has(SiteState state) => Sites.Any(site => site.State == state);
}

/// <summary>What a consumer lacks of a header, and where it contradicts it.</summary>
public sealed record ConsumerReport
{
    public required string Folder { get; init; }

    /// <summary>The header as programs include it, and the target it was read for.</summary>
    public required string Header { get; init; }

    public required string Target { get; init; }

    /// <summary>Files read, by language.</summary>
    public required IReadOnlyDictionary<string, int> Files { get; init; }

    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>Sources that no reader knows, by language.</summary>
    public required IReadOnlyList<UnreadFiles> Unread { get; init; }

    /// <summary>Every name of the header, by kind and name.</summary>
    public required IReadOnlyList<NameUse> Uses { get; init; }

    public IEnumerable<NameUse> Missing => Uses.Where(use => use.Missing);

    public IEnumerable<NameUse> Different => Uses.Where(use => use.Has(SiteState.Different));

    public IEnumerable<NameUse> Behind => Uses.Where(use => use.Has(SiteState.Behind));

    public IEnumerable<NameUse> Unclear => Uses.Where(use => use.Has(SiteState.Unclear));

    public string Summary
    {
        get
        {
            var confirmed = Uses.Count(use => use.Has(SiteState.Same) && !use.Has(SiteState.Different));
            return $"{Uses.Count} names: {Uses.Count - Missing.Count()} mentioned, {confirmed} defined with the header's value, "
                + $"{Different.Count()} with another, {Behind.Count()} behind, {Unclear.Count()} unclear, {Missing.Count()} missing";
        }
    }

    /// <summary>A value as its kind is usually written.</summary>
    public static string Text(HeaderNameKind kind, BigInteger value) => kind switch
    {
        HeaderNameKind.Flag when value.Sign > 0 && value.IsPowerOfTwo => $"1 << {value.GetBitLength() - 1}",
        HeaderNameKind.Ioctl or HeaderNameKind.Flag or HeaderNameKind.Event when value.Sign >= 0 => $"0x{value.ToString("x").TrimStart('0').PadLeft(1, '0')}",
        _ => value.ToString(),
    };
}
