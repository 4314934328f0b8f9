using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>Ioctl requests in words.</summary>
internal static class Requests
{
    /// <summary><c>_IOWR(0xaa, 0x3f, struct uffdio_api)</c>, as it would stand in the header.</summary>
    public static string InC(IoctlSpec ioctl)
    {
        var maker = ioctl.Direction switch
        {
            IoctlDirection.Read => "_IOR",
            IoctlDirection.Write => "_IOW",
            IoctlDirection.ReadWrite => "_IOWR",
            _ => "_IO",
        };
        var argument = ioctl.Direction == IoctlDirection.None ? ""
            : ioctl.Argument.Length > 0 ? $", {ioctl.Argument}" : $", {ioctl.Size} bytes";
        return $"{maker}(0x{ioctl.Type:x2}, 0x{ioctl.Number:x2}{argument})";
    }

    /// <summary>What to say of macros that make requests in a way no function here can; nothing where there are none.</summary>
    public static IEnumerable<string> LeftOut(AbiSpec spec) => spec.Unresolved
        .Where(macro => RequestFormula.LooksLikeOne(macro) && !RequestFormula.IsRequest(macro))
        .Select(macro => $"Left out: {macro.Name}(…), whose request is not told by numbers alone.");

    /// <summary>The requests that a macro makes of its arguments.</summary>
    public static IEnumerable<(string Name, RequestFormula Formula)> Made(AbiSpec spec) => spec.Unresolved
        .Select(macro => (macro.Name, Formula: RequestFormula.Of(macro)!)).Where(made => made.Formula is not null);
}
