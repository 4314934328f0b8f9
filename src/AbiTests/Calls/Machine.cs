namespace Faultline.AbiTests.Calls;

/// <summary>What a guest that was resumed has of the moment of its snapshot, made to be of now.</summary>
internal static unsafe class Machine
{
    // linux/random.h: _IOW('R', 0x03, int[2]) and _IO('R', 0x07); random(4).
    private const nuint AddEntropy = 0x40085203, Reseed = 0x5207;
    private const int RealTime = 0;

    /// <summary>Gives the kernel random bytes that no other guest of the snapshot has, and the time.</summary>
    /// <param name="entropy">The bytes.</param>
    /// <param name="seconds">Since 1970.</param>
    internal static void Refresh(byte[] entropy, long seconds)
    {
        using var random = File.OpenHandle("/dev/urandom", access: FileAccess.ReadWrite);
        var fd = (int)random.DangerousGetHandle();
        // struct rand_pool_info: bits, bytes, the bytes.
        var info = stackalloc int[2 + ((entropy.Length + 3) / 4)];
        (info[0], info[1]) = (entropy.Length * 8, entropy.Length);
        entropy.CopyTo(new Span<byte>(info + 2, entropy.Length));
        Native.Must(Native.ioctl(fd, AddEntropy, info), "RNDADDENTROPY");
        Native.Must(Native.ioctl(fd, Reseed, null), "RNDRESEEDCRNG");
        // A guest that was booted knows it better: the orders are older than its boot.
        if (DateTimeOffset.UtcNow.ToUnixTimeSeconds() >= seconds)
            return;
        var time = stackalloc long[] { seconds, 0 };
        Native.Must(Native.clock_settime(RealTime, time), "clock_settime");
    }
}
