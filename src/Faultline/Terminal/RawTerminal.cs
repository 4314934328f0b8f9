using System.Runtime.InteropServices;

namespace Faultline.Cli.Terminal;

/// <summary>
/// Hands every key of a terminal on as it is pressed, and every byte that is written to it as it is: lines, echo and signals
/// are for the terminal at the other end. The settings of before come back when it is disposed, and when the
/// process exits in any way that lets it.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    // More than any C library's struct termios takes.
    private const int TermiosBytes = 256;

    // bits/termios-tcflow.h: when what was written is out.
    private const int TCSADRAIN = 1;

    private readonly int _descriptor;
    private readonly byte[] _before = new byte[TermiosBytes];
    private int _restored;

    /// <param name="descriptor">An open terminal.</param>
    /// <exception cref="IOException">The terminal does not let its settings be changed.</exception>
    public RawTerminal(int descriptor)
    {
        _descriptor = descriptor;
        if (tcgetattr(descriptor, _before) != 0)
            throw Failed();
        var raw = (byte[])_before.Clone();
        cfmakeraw(raw);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        if (tcsetattr(descriptor, TCSADRAIN, raw) != 0)
        {
            var failure = Failed();
            Dispose();
            throw failure;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Restore();
    }

    private static IOException Failed() =>
        new($"the terminal cannot be set: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    private void OnExit(object? sender, EventArgs e) => Restore();

    private void Restore()
    {
        if (Interlocked.Exchange(ref _restored, 1) == 0)
            _ = tcsetattr(_descriptor, TCSADRAIN, _before);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int tcgetattr(int descriptor, byte[] settings);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcsetattr(int descriptor, int when, byte[] settings);

    [DllImport("libc")]
    private static extern void cfmakeraw(byte[] settings);
}
