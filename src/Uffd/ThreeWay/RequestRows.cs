using Faultline.AbiModel;

namespace Faultline.Uffd.ThreeWay;

/// <summary>Requests: the header's codes must be those the kernel knows, and the size in each that of the argument as the kernel was compiled.</summary>
internal static class RequestRows
{
    private const string Group = "ioctls";

    public static IEnumerable<SourceRow> Of(AbiSpec header, AbiSpec code, LiveAnswers live)
    {
        foreach (var ioctl in header.Ioctls)
        {
            var argument = code.FindStruct(ioctl.ArgumentType);
            var (answer, known) = Answer(ioctl, live);
            yield return new(
                Group, ioctl.Name, Say(ioctl.Code), argument is null ? SourceRow.Silent : HeaderFacts.Bytes(argument.Size), answer,
                known && (argument is null || argument.Size == ioctl.Size));
        }

        // A code of a number that the header has is told with that ioctl.
        foreach (var unnamed in live.Requests.Where(request => !header.Ioctls.Any(ioctl => !IsDevices(ioctl) && Number(ioctl.Code) == Number(request)))
            .Concat(live.DeviceRequests.Where(request => !header.Ioctls.Any(ioctl => ioctl.Code == request))))
            yield return new(Group, $"request {HeaderFacts.Hex(unnamed)}", "no name", SourceRow.Silent, "known", false);
    }

    private static (string Text, bool Agrees) Answer(IoctlSpec ioctl, LiveAnswers live)
    {
        if (IsDevices(ioctl))
        {
            return live.DeviceErrno.Length > 0 ? ($"/dev/userfaultfd: {live.DeviceErrno}", true)
                : live.DeviceRequests.Contains(ioctl.Code) ? (Say(ioctl.Code), true) : ("not known", false);
        }

        if (live.Requests.Contains(ioctl.Code))
            return (Say(ioctl.Code), true);
        var other = live.Requests.Where(request => Number(request) == Number(ioctl.Code)).Select(Say).ToList();
        return (other.Count > 0 ? string.Join(", ", other) : "not known", false);
    }

    /// <summary>What takes no struct belongs to /dev/userfaultfd, whose numbers are its own, and which may be closed to the one who asked.</summary>
    private static bool IsDevices(IoctlSpec ioctl) => ioctl is { Direction: IoctlDirection.None, Size: 0 };

    /// <summary>Magic and number, which name an ioctl whatever its argument.</summary>
    private static uint Number(uint code) => code & 0xffff;

    private static string Say(uint code) => $"{HeaderFacts.Hex(code)} ({HeaderFacts.Bytes((code >> 16) & 0x3fff)})";
}
