namespace Faultline.AbiGenerator.Tests;

/// <summary>The signatures generated tests call. The suite's own bodies live in src/AbiTests/Generated; here they record their calls.</summary>
internal static class SupportStub
{
    public const string Source = """
        using System.Collections.Generic;

        namespace Faultline.AbiTests.Generated
        {
            public readonly record struct IoctlCase(string Name, uint Code, int ArgumentSize, int? RangeStartOffset, int? RangeLengthOffset, int? ModeOffset, int ModeSize, ulong KnownModes);

            public readonly record struct FieldLayout(string Name, int Offset, int Size)
            {
                public static FieldLayout Of<T, TField>(in T record, in TField field, string name, int offset, int size) =>
                    new(name, offset, size);
                public override string ToString() => $"({Name}, {Offset}, {Size})";
            }

            public static class GeneratedChecks
            {
                public static readonly List<string> Calls = new();

                public static ref readonly T Blank<T>() where T : unmanaged => ref (new T[1])[0];
                public static void Layout<T>(in T record, string cName, int size, int align, params FieldLayout[] fields)
                    where T : unmanaged
                    => Calls.Add($"Layout {cName} {size} {align} {System.Runtime.CompilerServices.Unsafe.SizeOf<T>()} {string.Join<FieldLayout>(" ", fields)}");
                public static void IoctlCode(string name, uint expected, uint actual, int argumentSize) => Calls.Add($"IoctlCode {name} {expected:x8} {actual:x8} {argumentSize}");
                public static void FeatureNegotiates(string macro, ulong bit) => Calls.Add($"FeatureNegotiates {macro} {bit:x}");
                public static void MisuseBeforeHandshake(IoctlCase c) => Calls.Add($"MisuseBeforeHandshake {c}");
                public static void MisuseUnaligned(IoctlCase c) => Calls.Add($"MisuseUnaligned {c}");
                public static void MisuseZeroLength(IoctlCase c) => Calls.Add($"MisuseZeroLength {c}");
                public static void MisuseUnknownModeBits(IoctlCase c) => Calls.Add($"MisuseUnknownModeBits {c}");
                public static void MisuseWrongFd(IoctlCase c) => Calls.Add($"MisuseWrongFd {c}");
            }
        }

        namespace Faultline.AbiTests.Planning
        {
            internal sealed record GeneratedPlan(string Namespace, ulong Features, System.Func<SuiteTest[]> Tests);

            internal sealed record SuiteTest(string Class, string Method, System.Action Run)
            {
                public string? Feature { get; init; }
            }
        }
        """;
}
