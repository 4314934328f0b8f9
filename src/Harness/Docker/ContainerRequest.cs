using System.Globalization;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>Writes a <see cref="ContainerSpec"/> as the engine's request. The restrictions live here and nowhere else.</summary>
internal static class ContainerRequest
{
    public static CreateContainerParameters Of(ContainerSpec spec, string name, ContainerEngine engine) => new()
    {
        Name = name,
        Image = spec.Image,
        Entrypoint = [.. spec.Command.Take(1)],
        Cmd = [.. spec.Command.Skip(1)],
        Env = [.. spec.Environment.Select(e => $"{e.Key}={e.Value}")],
        WorkingDir = spec.WorkingFolder ?? "",
        User = spec.User ?? engine.CallingUser ?? "",
        Labels = new Dictionary<string, string>(engine.Labels()) { [ContainerEngine.ContainerLabel] = name },
        AttachStdout = true,
        AttachStderr = true,
        AttachStdin = spec.HasStandardInput,
        OpenStdin = spec.HasStandardInput,
        StdinOnce = spec.HasStandardInput,
        HostConfig = new HostConfig
        {
            NetworkMode = spec.Network ? "default" : "none",
            CapDrop = ["ALL"],
            CapAdd = [.. spec.Capabilities],
            SecurityOpt = ["no-new-privileges"],
            ReadonlyRootfs = spec.ReadOnlyRoot,
            GroupAdd = [.. spec.Groups],
            // Zombies are reaped and signals reach the program even when it is a shell.
            Init = true,
            // Output is read from the attached streams; a copy in the engine's log would only use disk.
            LogConfig = new LogConfig { Type = "none" },
            Mounts = [.. spec.Mounts.Where(m => m.TmpfsBytes is null).Select(ToMount)],
            Tmpfs = spec.Mounts.Where(m => m.TmpfsBytes is not null).ToDictionary(
                m => m.Target, m => "rw,exec,nosuid,mode=1777,size=" + m.TmpfsBytes!.Value.ToString(CultureInfo.InvariantCulture)),
            Devices = [.. spec.Devices.Select(d => new DeviceMapping { PathOnHost = d, PathInContainer = d, CgroupPermissions = "rwm" })],
        },
    };

    private static Mount ToMount(ContainerMount mount) => new()
    {
        Type = mount.Volume is null ? "bind" : "volume",
        Source = mount.Volume ?? mount.HostPath,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
    };
}
