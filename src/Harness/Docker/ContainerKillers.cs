namespace Faultline.Harness.Docker;

/// <summary>Says who ended a container that did not end by itself.</summary>
internal static class ContainerKillers
{
    /// <summary>Exit code of a program that SIGKILL ended; nothing in our containers ends so by itself.</summary>
    public const int Sigkill = 128 + 9;

    private const int Sigterm = 128 + 15;

    /// <param name="name">The container.</param>
    /// <param name="code">Its exit code.</param>
    /// <param name="outOfMemory">The engine says that the machine's OOM killer took it.</param>
    /// <returns>One line with advice; null when nobody did.</returns>
    public static string? Of(string name, int code, bool outOfMemory) => (code, outOfMemory) switch
    {
        (Sigkill, true) => $"container {name} ran out of memory and was killed (OOM killer). Free memory on the engine's machine and run again.",
        (Sigkill, false) => $"container {name} was killed from outside (SIGKILL), for example by 'docker kill' or 'docker rm -f'. Run again.",
        (Sigterm, _) => $"container {name} was stopped from outside (SIGTERM), for example by 'docker stop' or by the engine's end. Run again.",
        _ => null,
    };

    /// <summary>The message for a container that its engine no longer knows.</summary>
    public static string Removed(string name) =>
        $"container {name} was removed from outside while it ran, for example by 'docker rm -f'. Run again.";
}
