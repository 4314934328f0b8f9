using System.Diagnostics;

namespace Faultline.Packages.Tests;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record ProcessResult(int Status, string Output, string Error)
{
    public override string ToString() => $"exit status {Status}\n{Output}{Error}";
}

/// <summary>Runs programs as a user would: arguments as they are, no shell, no input.</summary>
internal static class ChildProcess
{
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new(process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
