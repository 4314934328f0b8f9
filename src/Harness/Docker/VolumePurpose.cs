namespace Faultline.Harness.Docker;

/// <summary>What a volume is made for. It is written on the volume, and <see cref="VolumeFacts"/> reads it again.</summary>
/// <param name="Text">For people: <c>kernels of debian:6.1</c>.</param>
/// <param name="Tree">The folder on this machine whose content it is made from; without the folder nobody will use the volume again.</param>
/// <param name="Scratch">It belongs to this process alone, which removes it in the end.</param>
/// <param name="Lends">Whose volumes may begin with what is in it; null when none may.</param>
internal sealed record VolumePurpose(string Text, string? Tree = null, bool Scratch = false, string? Lends = null)
{
    internal const string TextLabel = "org.faultline.purpose", TreeLabel = "org.faultline.tree", HostLabel = "org.faultline.host",
        ScratchLabel = "org.faultline.scratch", LendsLabel = "org.faultline.lends";

    /// <summary>A folder is looked for on the machine that it was named on, and nowhere else.</summary>
    internal static string Host => Environment.MachineName;

    internal Dictionary<string, string> AddTo(Dictionary<string, string> labels)
    {
        labels[TextLabel] = Text;
        labels[HostLabel] = Host;
        if (Tree is not null)
            labels[TreeLabel] = Tree;
        if (Scratch)
            labels[ScratchLabel] = "1";
        if (Lends is not null)
            labels[LendsLabel] = Lends;
        return labels;
    }
}
