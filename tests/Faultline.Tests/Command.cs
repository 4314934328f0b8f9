using System.Diagnostics;

namespace Faultline.Cli.Tests;

/// <summary>Runs the built command as a user would: a process with arguments, an exit code and two streams.</summary>
internal static class Command
{
    public static string Root => CheckoutRoot.Path;

    /// <summary>
    /// The command's file: the native one where <c>./build.sh test</c> runs fast tests, else the one that was built with them.
    /// </summary>
    public static string File { get; } =
        Environment.GetEnvironmentVariable("FAULTLINE_COMMAND") is { Length: > 0 } given ? given
        : Path.Combine(AppContext.BaseDirectory, "faultline");

    public sealed record Result(int ExitCode, string Output, string Error)
    {
        public override string ToString() => $"exit {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";
    }

    public static Task<Result> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    public static async Task<Result> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        return await EndOfAsync(process);
    }

    /// <summary>Starts the command; <see cref="EndOfAsync"/> takes what it has not been asked for by then.</summary>
    public static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(File)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<Result> EndOfAsync(Process process)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Result(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
