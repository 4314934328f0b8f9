using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>
/// A program on a terminal: it leads a session whose controlling terminal is a pseudo-terminal that the test holds the other end of. Keys typed
/// here become signals there, and a change of its size too, by the kernel's own hand.
/// </summary>
internal sealed class PseudoTerminal : IDisposable
{
    // fcntl.h and asm-generic/ioctls.h
    private const int O_RDWR = 2, O_NOCTTY = 0x100, O_CLOEXEC = 0x80000;
    private const nuint TIOCSWINSZ = 0x5414;

    private readonly int _descriptor;
    private readonly SafeFileHandle _master;
    private readonly Process _process;
    private readonly Task _reading;
    private readonly StringBuilder _shown = new();
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    /// <param name="columns">Width of the window.</param>
    /// <param name="program">File, then arguments.</param>
    /// <param name="environment">Variables to set, or to remove where null.</param>
    /// <param name="piped">1 or 2 for a standard output or standard error that is a pipe instead; 0 for none.</param>
    /// <param name="folder">Where to run it; null for the checkout.</param>
    public PseudoTerminal(int columns, IReadOnlyList<string> program, IReadOnlyDictionary<string, string?>? environment = null, int piped = 0, string? folder = null)
    {
        _descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        Assert.True(_descriptor >= 0 && grantpt(_descriptor) == 0 && unlockpt(_descriptor) == 0, "no pseudo-terminal");
        _master = new SafeFileHandle(_descriptor, ownsHandle: true);
        Resize(columns);
        var name = new byte[64];
        Assert.Equal(0, ptsname_r(_descriptor, name, (nuint)name.Length));
        var device = Encoding.ASCII.GetString(name).TrimEnd('\0');

        // A session leader gets the first terminal that it opens. env: whoever started the tests in the background has SIGINT ignored, and children inherit that.
        var redirections = piped switch { 1 => "2>&0", 2 => "1>&0", _ => "1>&0 2>&0" };
        var start = new ProcessStartInfo("env") { WorkingDirectory = folder ?? Command.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal=INT,HUP", "setsid", "sh", "-c", $"exec 0<>\"$0\" {redirections}; exec \"$@\"", device, .. program])
            start.ArgumentList.Add(argument);
        foreach (var (variable, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[variable] = value;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
        _reading = Task.Run(Read);
    }

    public int ProcessId => _process.Id;

    /// <summary>What the terminal got so far, escape codes and all.</summary>
    public string Shown
    {
        get
        {
            lock (_shown)
                return _shown.ToString();
        }
    }

    /// <summary>The built command on a terminal.</summary>
    public static PseudoTerminal OfCommand(int columns, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, int piped = 0) =>
        new(columns, [Command.File, .. arguments], Usual(environment), piped);

    /// <summary>Variables of a usual terminal, with some of them changed.</summary>
    public static Dictionary<string, string?> Usual(IReadOnlyDictionary<string, string?>? changed = null)
    {
        var all = new Dictionary<string, string?> { ["TERM"] = "xterm-256color", ["LC_ALL"] = "C.UTF-8", ["NO_COLOR"] = null, ["COLUMNS"] = null, ["COLORTERM"] = null };
        foreach (var (name, value) in changed ?? new Dictionary<string, string?>())
            all[name] = value;
        return all;
    }

    public void Resize(int columns)
    {
        var size = new WindowSize { Rows = 24, Columns = (ushort)columns };
        Assert.Equal(0, ioctl(_descriptor, TIOCSWINSZ, in size));
    }

    public void Type(byte key) => Assert.Equal(1, write(_descriptor, [key], 1));

    /// <summary>Closes the window.</summary>
    public void Close() => _master.Dispose();

    public async Task UntilShownAsync(Func<string, bool> condition, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!condition(Shown))
        {
            Assert.False(_process.HasExited && _reading.IsCompleted, $"it ended before that was shown:\n{Shown}");
            Assert.True(clock.Elapsed < limit, $"not shown within {limit.TotalSeconds} s:\n{Shown}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Exit code and what came through pipes; the terminal's part is in <see cref="Shown"/>.</summary>
    public async Task<Command.Result> EndAsync(TimeSpan? limit = null)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(limit ?? TimeSpan.FromMinutes(3));
        await _process.WaitForExitAsync(source.Token);
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(5), source.Token));
        return new Command.Result(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _master.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[4096];
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[8192];
        // 0 or an error: the last program that had the terminal open is gone.
        while (read(_descriptor, buffer, (nuint)buffer.Length) is > 0 and var count)
        {
            var length = decoder.GetChars(buffer, 0, (int)count, text, 0);
            lock (_shown)
                _shown.Append(text, 0, length);
        }
    }

    [DllImport("libc")]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(int descriptor);

    [DllImport("libc")]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc")]
    private static extern int ptsname_r(int descriptor, byte[] name, nuint length);

    [DllImport("libc")]
    private static extern int ioctl(int descriptor, nuint request, in WindowSize size);

    [DllImport("libc")]
    private static extern nint read(int descriptor, byte[] buffer, nuint count);

    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
