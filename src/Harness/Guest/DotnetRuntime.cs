using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Machine;

namespace Faultline.Harness.Guest;

/// <summary>The .NET runtime of this machine, of which the guest gets a copy.</summary>
/// <param name="Root">The folder of the <c>dotnet</c> program, links resolved.</param>
/// <param name="Version">Version of Microsoft.NETCore.App, such as <c>10.0.12</c>.</param>
internal sealed record DotnetRuntime(string Root, string Version)
{
    public string Framework => Path.Combine(Root, "shared", "Microsoft.NETCore.App", Version);

    public string HostFxr => Path.Combine(Root, "host", "fxr", Version);

    public string Program => Path.Combine(Root, "dotnet");

    /// <summary>
    /// The runtime this process runs on, else the newest one of the same major version that <c>dotnet
    /// --list-runtimes</c> names.
    /// </summary>
    /// <exception cref="GuestException">There is none.</exception>
    public static async Task<DotnetRuntime> FindAsync(CancellationToken cancellation = default)
    {
        if (FromRuntimeFolder(RuntimeEnvironment.GetRuntimeDirectory()) is { } own)
            return own;
        try
        {
            var listed = await Cli.Wrap(HostProgram.Dotnet.Require("to find the runtime that the guest gets"))
                .WithArguments("--list-runtimes").ExecuteBufferedAsync(cancellation);
            if (FromList(listed.StandardOutput) is { } found)
                return found;
        }
        catch (Exception e) when (e is ProgramMissingException or CliWrap.Exceptions.CommandExecutionException)
        {
            throw new GuestException("The guest needs this machine's .NET runtime, and 'dotnet --list-runtimes' does not work. Install "
                + "the .NET 10 SDK.", e);
        }

        throw new GuestException(
            $"'dotnet --list-runtimes' names no Microsoft.NETCore.App {Environment.Version.Major}.x for the guest. Install the .NET "
                + $"{Environment.Version.Major} SDK.");
    }

    /// <param name="folder">A framework folder, <c>…/shared/Microsoft.NETCore.App/10.0.12/</c>.</param>
    public static DotnetRuntime? FromRuntimeFolder(string folder)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(folder));
        if (framework is not { Parent: { Name: "Microsoft.NETCore.App", Parent.Parent: { } root } })
            return null;
        var runtime = new DotnetRuntime(root.FullName, framework.Name);
        return File.Exists(runtime.Program) && Directory.Exists(runtime.HostFxr) && Directory.Exists(runtime.Framework) ? runtime : null;
    }

    /// <summary>The SDKs of one installation of .NET, one of which compiles; empty where there is none.</summary>
    /// <param name="folder">A framework folder, as for <see cref="FromRuntimeFolder"/>.</param>
    public static string SdksBeside(string folder)
    {
        var sdks = FromRuntimeFolder(folder) is { } runtime ? Path.Combine(runtime.Root, "sdk") : null;
        return Directory.Exists(sdks)
            ? string.Join(' ', Directory.EnumerateDirectories(sdks).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "";
    }

    /// <param name="list">Lines such as <c>Microsoft.NETCore.App 10.0.12 [/usr/share/dotnet/shared/Microsoft.NETCore.App]</c>.</param>
    public static DotnetRuntime? FromList(string list) => list.Split('\n')
        .Select(line => line.Trim().Split(' ', 3))
        .Where(parts => parts is ["Microsoft.NETCore.App", _, _] && System.Version.TryParse(parts[1].Split('-')[0], out var version)
            && version.Major == Environment.Version.Major)
        .OrderByDescending(parts => System.Version.Parse(parts[1].Split('-')[0]))
        .Select(parts => FromRuntimeFolder(Path.Combine(parts[2].Trim('[', ']'), parts[1])))
        .FirstOrDefault(runtime => runtime is not null);
}
