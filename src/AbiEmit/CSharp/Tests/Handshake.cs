using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Recognises the handshake of an API by its shape: the ioctl whose argument carries the feature flags.</summary>
internal static class Handshake
{
    /// <summary>The flag groups that are negotiated, each with the ioctl that does it.</summary>
    public static IEnumerable<(GroupSpec Features, IoctlSpec Ioctl)> Of(AbiSpec spec) =>
        from feature in spec.Flags
        where feature.Name.EndsWith("_FEATURE", StringComparison.Ordinal) || feature.Name.EndsWith("_FEATURES", StringComparison.Ordinal)
        let dot = feature.Field.IndexOf('.')
        where dot > 0
        let ioctl = spec.Ioctls.FirstOrDefault(candidate => candidate.ArgumentType.Name == "struct " + feature.Field.Substring(0, dot))
        where ioctl is not null
        select (feature, ioctl);
}
