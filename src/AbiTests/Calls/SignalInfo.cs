using System.Runtime.InteropServices;

namespace Faultline.AbiTests.Calls;

/// <summary>What the kernel says with a fault's signal: the beginning of <c>siginfo_t</c> (sigaction(2)).</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal readonly struct SignalInfo
{
    private const int Sigbus = 7, AddressError = 2;

    /// <summary>si_signo.</summary>
    [field: FieldOffset(0)]
    internal int Number { get; }

    /// <summary>si_code.</summary>
    [field: FieldOffset(8)]
    internal int Code { get; }

    /// <summary>si_addr.</summary>
    [field: FieldOffset(16)]
    internal ulong Address { get; }

    internal string Name => Number == Sigbus ? "SIGBUS" : $"signal {Number}";

    internal string CodeName => (Number, Code) == (Sigbus, AddressError) ? "BUS_ADRERR" : $"code {Code}";
}
