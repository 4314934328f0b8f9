using System.Diagnostics;

namespace Faultline.AbiExtractor.Tests.Fuzzing;

/// <summary>A child process that extracts headers; one that died is started again.</summary>
internal sealed class FuzzWorker : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private Process? _process;

    /// <summary>The worker's answer: <c>model</c>, <c>refused TAB why</c> or <c>bug TAB what</c>. A worker that dies or says nothing is a bug too.</summary>
    public async Task<string> Ask(string header, string target, CancellationToken cancellation)
    {
        _process ??= Start();
        try
        {
            await _process.StandardInput.WriteLineAsync($"{header}\t{target}".AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
            if (await _process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Deadline, cancellation) is { } answer)
                return answer;
            await _process.WaitForExitAsync(cancellation);
            var died = $"bug\tthe process ended with status {_process.ExitCode}";
            Dispose();
            return died;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            Dispose();
            return $"bug\tno answer: {exception.Message}";
        }
    }

    private static Process Start() => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Faultline.FuzzWorker"))
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" },
    }) is { } process ? Drained(process) : throw new InvalidOperationException("The fuzz worker does not start.");

    /// <summary>What libclang says about a crash goes nowhere, or its pipe would fill.</summary>
    private static Process Drained(Process process)
    {
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    public void Dispose()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }
}
