using System.Globalization;
using System.Runtime.InteropServices;

namespace Faultline.Cli.Terminal;

/// <summary>The size of a terminal, asked at each use: a window that is resized needs no signal to be noticed.</summary>
internal static class TerminalSize
{
    private const int Usual = 80, UsualRows = 24;

    // asm-generic/ioctls.h
    private const nuint TIOCGWINSZ = 0x5413;

    /// <param name="descriptor">An open terminal.</param>
    /// <returns>Columns; COLUMNS, or 80, where the terminal does not know (a serial line, some pseudo-terminals).</returns>
    public static int Columns(int descriptor)
    {
        if (ioctl(descriptor, TIOCGWINSZ, out var size) == 0 && size.Columns > 0)
            return size.Columns;
        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told > 0 ? told : Usual;
    }

    /// <summary>Rows and columns; 24 and 80 where the terminal does not know.</summary>
    /// <param name="descriptor">An open terminal.</param>
    public static (int Rows, int Columns) Of(int descriptor) =>
        ioctl(descriptor, TIOCGWINSZ, out var size) == 0 && size.Rows > 0 && size.Columns > 0 ? (size.Rows, size.Columns)
            : (UsualRows, Columns(descriptor));

    [DllImport("libc")]
    private static extern int ioctl(int descriptor, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
