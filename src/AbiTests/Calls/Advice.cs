namespace Faultline.AbiTests.Calls;

/// <summary>Advice values of madvise(2), from asm-generic/mman-common.h.</summary>
internal static class Advice
{
    internal const int DontNeed = 4;
    internal const int Free = 8;
    internal const int Remove = 9;
    internal const int HugePage = 14;
    internal const int NoHugePage = 15;
    internal const int DontDump = 16;
    internal const int Cold = 20;
    internal const int PageOut = 21;
    internal const int PopulateRead = 22;
    internal const int PopulateWrite = 23;
    internal const int Collapse = 25;
}
