using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Guest;

/// <summary>A payload that is a shell script: it says what a test wants said, without a runtime to start.</summary>
internal static class ScriptPayload
{
    /// <param name="folder">Becomes the payload.</param>
    /// <param name="body">Shell; <c>emit</c> writes a line to the results port.</param>
    public static string Create(string folder, string body)
    {
        Directory.CreateDirectory(folder);
        var run = Path.Combine(folder, "run");
        File.WriteAllText(run, "#!/bin/sh\nexec 3> /dev/virtio-ports/org.faultline.results\nemit() { printf '%s\\n' \"$1\" >&3; }\n" + body);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return folder;
    }

    public static string Emit(params string[] lines) => string.Concat(lines.Select(line => $"emit '{line}'\n"));

    /// <summary>Everything of a clean run but the results.</summary>
    public static string Prologue => Emit(Streams.Hello, Streams.Plan);
}
