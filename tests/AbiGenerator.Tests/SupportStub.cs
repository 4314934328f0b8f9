namespace Faultline.AbiGenerator.Tests;

/// <summary>The signatures generated tests call. The suite's own bodies live in src/AbiTests/Generated; here they record their calls.</summary>
internal static class SupportStub
{
    public const string Source = """
        using System.Collections.Generic;

        namespace Faultline.AbiTests.Generated
        {
            public readonly record struct IoctlCase(string Name, uint Code, int ArgumentSize, int? RangeStartOffset, int? RangeLengthOffset, int? ModeOffset, int ModeSize, ulong KnownModes);

            public static class GeneratedChecks
            {
                public static readonly List<string> Calls = new();

                public static void Layout<T>(string cName, int size, int align, params (string field, int offset, int size)[] fields) where T : unmanaged
                    => Calls.Add($"Layout {cName} {size} {align} {System.Runtime.CompilerServices.Unsafe.SizeOf<T>()} {string.Join(" ", fields)}");
                public static void IoctlCode(string name, uint expected, uint actual, int argumentSize) => Calls.Add($"IoctlCode {name} {expected:x8} {actual:x8} {argumentSize}");
                public static void FeatureNegotiates(string macro, ulong bit) => Calls.Add($"FeatureNegotiates {macro} {bit:x}");
                public static void MisuseBeforeHandshake(IoctlCase c) => Calls.Add($"MisuseBeforeHandshake {c}");
                public static void MisuseUnaligned(IoctlCase c) => Calls.Add($"MisuseUnaligned {c}");
                public static void MisuseZeroLength(IoctlCase c) => Calls.Add($"MisuseZeroLength {c}");
                public static void MisuseUnknownModeBits(IoctlCase c) => Calls.Add($"MisuseUnknownModeBits {c}");
                public static void MisuseWrongFd(IoctlCase c) => Calls.Add($"MisuseWrongFd {c}");
            }
        }
        """;
}
