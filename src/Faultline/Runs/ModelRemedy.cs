using Faultline.Harness;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>What makes a committed ABI model right again: it depends on where the variant lies, and on whose tree was built.</summary>
/// <param name="Command">The command that rewrites model and drift from the variant's own base.</param>
/// <param name="Base">What the committed model was made from, in words.</param>
/// <param name="Tree">The user's tree that was built instead; null for none.</param>
internal sealed record ModelRemedy(string Command, string Base, string? Tree)
{
    public static ModelRemedy Of(Variant variant, Selection selection)
    {
        var collection = Path.GetDirectoryName(variant.Folder)!;
        var command = collection == selection.Checkout.LinuxPatch
            ? "./build.sh refresh"
            : ShellText.Join(["faultline", "abi", "refresh", "--variants", collection, "--variant", variant.Name]);
        return new ModelRemedy(command, variant.Base.ToString()!, selection.Tree);
    }

    /// <summary>The end of a sentence about a file that is not what it should be.</summary>
    public string Refresh => $"'{Command}' takes it over";

    /// <summary>What to do when the header of the built kernel gives another model.</summary>
    /// <param name="committed">The committed model.</param>
    /// <param name="built">That of the built kernel.</param>
    public string ForModel(string committed, string built) => Tree is null
        ? $"{committed} is stale: the header of the built tree says otherwise. Look at the difference to {built}; {Refresh}."
        : $"{committed} is the model of {Base} with the series, and the header of {Tree} says otherwise. "
            + $"{ShellText.Join(["faultline", "abi", "diff", committed, built])} "
            + $"shows what differs. If the tree is right, refreshing does not help: it would read {Base} again. Give the tree a variant "
                + $"under another name (--variants) without {Path.GetFileName(committed)}.";
}
