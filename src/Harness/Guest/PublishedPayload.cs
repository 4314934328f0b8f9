using Faultline.Harness.Progress;

namespace Faultline.Harness.Guest;

/// <summary>The conformance suite, published for kernels of one ABI.</summary>
/// <param name="Folder">The program, and the name of the ABI model whose tests are meant.</param>
/// <param name="Key">Hash of all that matters to these kernels.</param>
internal sealed record PublishedPayload(string Folder, string Key, PhaseFinished Phase)
{
    /// <summary>The program's file, here and in the guest.</summary>
    public const string Program = "Faultline.AbiTests";

    /// <summary>The file next to it that names the model.</summary>
    public const string AbiFile = "abi";

    /// <summary>Path of the program of a published suite.</summary>
    public static string ProgramIn(string folder) => Path.Combine(folder, Program);
}
