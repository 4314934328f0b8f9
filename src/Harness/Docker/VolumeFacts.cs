namespace Faultline.Harness.Docker;

/// <summary>A volume of Faultline's as the engine knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Purpose">What it was made for, in words; null where it does not say.</param>
/// <param name="Tree">The folder that it was made from; null for none.</param>
/// <param name="IsStale">Nobody will use it again: the folder is gone from this machine, or the process that it belongs to.</param>
/// <param name="Bytes">Its size; null where the engine does not tell.</param>
internal sealed record VolumeFacts(string Name, string? Purpose, string? Tree, bool IsStale, long? Bytes)
{
    internal static VolumeFacts Of(string name, IDictionary<string, string>? labels, long? bytes)
    {
        var tree = Label(VolumePurpose.TreeLabel);
        // What another machine has cannot be seen from here.
        var isTreeGone = tree is not null && Label(VolumePurpose.HostLabel) == VolumePurpose.Host && !Directory.Exists(tree);
        var isOwnerGone = Label(VolumePurpose.ScratchLabel) is not null && Label(OwnerProcess.Label) is { } owner && OwnerProcess.IsGone(owner);
        return new VolumeFacts(name, Label(VolumePurpose.TextLabel), tree, isTreeGone || isOwnerGone, bytes);

        string? Label(string key) => labels is not null && labels.TryGetValue(key, out var value) ? value : null;
    }
}
