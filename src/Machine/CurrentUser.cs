using System.Runtime.InteropServices;

namespace Faultline.Machine;

/// <summary>The user that this process runs as.</summary>
public static class CurrentUser
{
    /// <summary>The numeric user id (getuid(2)).</summary>
    public static uint Id => GetUserId();

    /// <summary>The numeric group id (getgid(2)).</summary>
    public static uint GroupId => GetGroupId();

    [DllImport("libc", EntryPoint = "getuid")]
    private static extern uint GetUserId();

    [DllImport("libc", EntryPoint = "getgid")]
    private static extern uint GetGroupId();
}
