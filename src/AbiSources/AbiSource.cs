using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers;
using Faultline.AbiSources.Sides;

namespace Faultline.AbiSources;

/// <summary>Turns what a user names into a side of a comparison.</summary>
public static class AbiSource
{
    /// <summary>Asked in this order; a word claimed by an earlier kind is written <c>./word</c> to mean the file.</summary>
    private static readonly ISideKind[] Kinds =
    [
        new RunningSide(), new RevisionSide(), new ModelSide(), new TreeSide(), new HeadersSide(), new BtfSide(),
        new TreeHeaderSide(), new HeaderSide(),
    ];

    /// <summary>By this one a directory of headers is known.</summary>
    private const string AnyHeader = "linux/types.h";

    /// <summary>Every kind of side, for help and errors.</summary>
    public static IReadOnlyList<string> WhatASideMayBe { get; } = [.. Kinds.Select(kind => kind.What)];

    /// <summary>The kinds of sides that can be read without the names of another side.</summary>
    public static IReadOnlyList<string> WhatStandsAlone { get; } = [.. Kinds.Where(kind => !kind.NeedsNames).Select(kind => kind.What)];

    /// <summary>Whether the side is read under the names of another one only.</summary>
    /// <exception cref="SideException">It is nothing a side can be.</exception>
    public static bool NeedsNames(SideRequest request) => KindOf(request).NeedsNames;

    /// <summary>Reads one side. The exceptions are those of <see cref="ISideKind.ReadAsync"/>.</summary>
    public static Task<AbiSide> LoadAsync(SideRequest request, CancellationToken cancellation) => KindOf(request).ReadAsync(request, cancellation);

    /// <summary>
    /// Whether a side is read for a target: a header is, while a model or a running kernel has one already.
    /// </summary>
    /// <exception cref="SideException">It is nothing a side can be.</exception>
    public static bool HasTargets(SideRequest request) => KindOf(request) is HeaderSide or InstalledSide;

    /// <summary>Whether a side holds many headers, of which <see cref="SideRequest.Header"/> chooses one.</summary>
    /// <exception cref="SideException">It is nothing a side can be.</exception>
    public static bool HoldsMany(SideRequest request) => KindOf(request) is InstalledSide { HoldsMany: true };

    /// <summary>What programs include a side as, where it is a header's file among others; null for any other side.</summary>
    /// <exception cref="SideException">It is nothing a side can be.</exception>
    /// <exception cref="ExtractionException">An include directory does not exist.</exception>
    public static string? IncludeNameOf(SideRequest request) => KindOf(request) switch
    {
        TreeHeaderSide header => header.HeaderOf(request),
        HeaderSide when HeaderSide.RequestFor(request, request.Name, includeName: null).Name is var name && name.Contains('/') => name,
        _ => null,
    };

    /// <summary>Whether a side is a revision of a git tree.</summary>
    /// <exception cref="SideException">It is nothing a side can be.</exception>
    public static bool IsRevision(SideRequest request) => KindOf(request) is RevisionSide;

    /// <summary>The commit that a revision stands for.</summary>
    /// <exception cref="SideException">There is none.</exception>
    public static Task<string> CommitOfAsync(SideRequest request, CancellationToken cancellation) =>
        new GitTree(request.Tree!).ResolveAsync(request.Name, cancellation);

    /// <summary>Opens a side that holds many headers, to read them all.</summary>
    /// <exception cref="SideException">It is a side of another kind.</exception>
    public static Task<InstalledHeaders> OpenHeadersAsync(SideRequest request, CancellationToken cancellation) =>
        ManyOf(request).OpenAsync(request with { Header = AnyHeader }, cancellation);

    /// <summary>Opens a side that holds many headers and stays open together with others.</summary>
    public static Task<InstalledHeaders> OpenHeadersAsync(SideRequest request, OpenedHeaders opened, CancellationToken cancellation) =>
        opened.GetAsync(ManyOf(request), request with { Header = AnyHeader }, cancellation);

    /// <summary>Reads both sides; one that needs names takes those of the other, unless the request has some.</summary>
    public static async Task<(AbiSide Old, AbiSide New)> LoadPairAsync(
        SideRequest old, SideRequest current, CancellationToken cancellation)
    {
        using var opened = new OpenedHeaders();
        return await LoadPairAsync(old, current, opened, cancellation);
    }

    /// <summary>
    /// Reads both sides; one that holds many headers stays open, to be read for another target.
    /// </summary>
    public static async Task<(AbiSide Old, AbiSide New)> LoadPairAsync(
        SideRequest old, SideRequest current, OpenedHeaders opened, CancellationToken cancellation)
    {
        // What one side finds in the C library, the other does too.
        string[] library = [.. await BehindAsync(old), .. await BehindAsync(current)];
        (old, current) = (Adding(old), Adding(current));
        if (KindOf(old).NeedsNames && old.Names is null)
        {
            var named = await ReadAsync(current);
            return (await ReadAsync(old with { Names = named.Spec }), named);
        }

        var first = await ReadAsync(old);
        var second = await ReadAsync(current with { Names = current.Names ?? first.Spec });
        // A header is read again under the new names: those that it includes may have had them already.
        if (HasTargets(old) && old.Names is null && first.Spec != second.Spec)
            first = await ReadAsync(old with { Names = second.Spec });
        if (await IncludingAsync(old) is { } before && await IncludingAsync(current) is { } now)
            second = IncludeComparison.Of(first, second, before, now);
        return (first, second);

        async Task<IEnumerable<string>> BehindAsync(SideRequest request) =>
            KindOf(request) is InstalledSide many ? (await opened.GetAsync(many, request, cancellation)).Behind : [];

        SideRequest Adding(SideRequest request) => request with { IncludeDirectories = [.. request.IncludeDirectories, .. library] };

        async Task<IncludingHeader?> IncludingAsync(SideRequest request) => KindOf(request) switch
        {
            InstalledSide many => IncludingHeader.Of(await opened.GetAsync(many, request, cancellation), many.HeaderOf(request), request),
            HeaderSide => IncludingHeader.Of(request),
            _ => null,
        };

        async Task<AbiSide> ReadAsync(SideRequest request)
        {
            request.Progress?.Report($"reading {request.Name}");
            try
            {
                return KindOf(request) is InstalledSide many
                    ? (await opened.GetAsync(many, request, cancellation)).Read(many.HeaderOf(request), request)
                    : await LoadAsync(request, cancellation);
            }
            catch (ExtractionException exception)
            {
                throw exception.OnSide(request.Name);
            }
        }
    }

    private static InstalledSide ManyOf(SideRequest request) => KindOf(request) is InstalledSide { HoldsMany: true } many ? many
        : throw new SideException(
            $"{request.Name} holds one header only; to compare all headers, name "
            + $"{string.Join(", or ", Kinds.OfType<InstalledSide>().Where(kind => kind.HoldsMany).Select(kind => kind.What))}.");

    private static ISideKind KindOf(SideRequest request) => Array.Find(Kinds, kind => kind.Takes(request))
        ?? throw new SideException($"{request.Name} does not exist. A side is {string.Join(", ", WhatASideMayBe.SkipLast(1))}, or {WhatASideMayBe[^1]}.");
}
