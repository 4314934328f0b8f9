using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Faultline.AbiBenchmarks;

/// <summary>Runs a program without a shell, pipes or threads around it, so that its time is its own.</summary>
internal static unsafe class ChildProcess
{
    private const int OpenWriteOnly = 1;

    /// <summary>posix_spawn_file_actions_t of glibc takes 80 bytes, of musl fewer.</summary>
    private const int FileActionsSize = 256;

    /// <summary>The wall time from the start of the program to its end. Its output goes to /dev/null.</summary>
    /// <exception cref="BenchmarkException">It did not start, or ended with another status than 0.</exception>
    public static TimeSpan Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        using var memory = new Strings();
        var argv = memory.Array([program, .. arguments]);
        var environment = memory.Array([.. variables.Select(variable => $"{variable.Key}={variable.Value}")]);
        var actions = stackalloc byte[FileActionsSize];
        var devNull = memory.Add("/dev/null");
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawn_file_actions_addopen(actions, 1, devNull, OpenWriteOnly, 0);
        _ = posix_spawn_file_actions_addopen(actions, 2, devNull, OpenWriteOnly, 0);
        int child = 0, status = 0;
        var start = Stopwatch.GetTimestamp();
        var error = posix_spawn(&child, argv[0], actions, null, argv, environment);
        if (error == 0 && waitpid(child, &status, 0) != child)
            error = Marshal.GetLastSystemError();
        var time = Stopwatch.GetElapsedTime(start);
        _ = posix_spawn_file_actions_destroy(actions);
        if (error != 0)
            throw new BenchmarkException($"{program} did not start: {Marshal.GetPInvokeErrorMessage(error)}");
        return status == 0 ? time : throw new BenchmarkException($"{program} {string.Join(' ', arguments)} ended with wait status {status}");
    }

    [DllImport("libc")]
    private static extern int posix_spawn(int* child, byte* path, byte* actions, void* attributes, byte** argv, byte** environment);

    [DllImport("libc")]
    private static extern int posix_spawn_file_actions_init(byte* actions);

    [DllImport("libc")]
    private static extern int posix_spawn_file_actions_addopen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [DllImport("libc")]
    private static extern int posix_spawn_file_actions_destroy(byte* actions);

    [DllImport("libc")]
    private static extern int waitpid(int child, int* status, int options);

    /// <summary>C strings that live until this is disposed.</summary>
    private sealed class Strings : IDisposable
    {
        private readonly List<nint> _memory = [];

        public byte* Add(string text)
        {
            _memory.Add(Marshal.StringToCoTaskMemUTF8(text));
            return (byte*)_memory[^1];
        }

        /// <summary>An array that ends with a null pointer.</summary>
        public byte** Array(IReadOnlyList<string> texts)
        {
            var array = (byte**)Marshal.AllocCoTaskMem((texts.Count + 1) * sizeof(byte*));
            _memory.Add((nint)array);
            for (var i = 0; i < texts.Count; i++)
                array[i] = Add(texts[i]);
            array[texts.Count] = null;
            return array;
        }

        public void Dispose() => _memory.ForEach(Marshal.FreeCoTaskMem);
    }
}

/// <summary>A benchmark cannot be made; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
