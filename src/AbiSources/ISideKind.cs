using Faultline.AbiModel;

namespace Faultline.AbiSources;

/// <summary>One kind of thing a user may name as a side. Each kind is one file of <c>Sides/</c>, listed in <see cref="AbiSource"/>.</summary>
internal interface ISideKind
{
    /// <summary>What help and errors call it, with its article: <c>an .abi.json file</c>.</summary>
    string What { get; }

    /// <summary>Whether the name means this kind. Cheap: looks at the name and the file system, starts nothing. The first kind that takes a name reads it.</summary>
    bool Takes(SideRequest request);

    /// <summary>Whether such a side can only be read with <see cref="SideRequest.Names"/>.</summary>
    bool NeedsNames => false;

    /// <summary>Reads it.</summary>
    /// <exception cref="SideException">It is of this kind and unusable; says what, where, why and what to do.</exception>
    /// <exception cref="AbiExtractor.ExtractionException">A header does not compile.</exception>
    /// <exception cref="AbiExtractor.Clang.LibclangMissingException">A header must be read and libclang is missing.</exception>
    /// <exception cref="Machine.ProgramMissingException">It needs a program that is not installed.</exception>
    Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation);
}
