using System.Runtime.InteropServices;

namespace Faultline.Launcher;

/// <summary>The program with every command, in <c>lib/</c> next to this one.</summary>
internal static unsafe class FullCommand
{
    private const int PrerequisiteMissing = 10;
    private const int SIGPIPE = 13;

    /// <summary>Replaces this process by the full command, so that signals, terminal and exit code are its own. Returns only when that fails.</summary>
    public static int Become(IReadOnlyList<string> args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "lib", "faultline");
        var argv = (byte**)NativeMemory.AllocZeroed((nuint)args.Count + 2, (nuint)sizeof(byte*));
        argv[0] = (byte*)Marshal.StringToCoTaskMemUTF8(program);
        for (var i = 0; i < args.Count; i++)
            argv[i + 1] = (byte*)Marshal.StringToCoTaskMemUTF8(args[i]);
        // This runtime ignores it, and what is ignored stays so in the next program and in everything that starts.
        _ = signal(SIGPIPE, 0);
        _ = execv(argv[0], argv);
        Console.Error.WriteLine($"faultline: {program} does not start: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}. Make it again with './build.sh build'.");
        return PrerequisiteMissing;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int execv(byte* path, byte** argv);

    [DllImport("libc")]
    private static extern nint signal(int number, nint handler);
}
