
namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Writes a class of xunit tests whose bodies are calls into <c>Faultline.AbiTests.Generated.GeneratedChecks</c>.</summary>
internal static class TestWriter
{
    private const string Checks = "global::Faultline.AbiTests.Generated.GeneratedChecks";

    /// <param name="about">What the class tests, in words.</param>
    public static CodeWriter Class(EmittableModel model, string name, string about)
    {
        var code = CodeWriter.File(model);
        code.Line($"/// <summary>Generated from the header: {about}.</summary>");
        code.Line("[global::Xunit.Trait(\"suite\", \"generated\")]");
        code.Open($"public sealed class {name}");
        return code;
    }

    /// <param name="name">A method name made of C names, so that a result leads back to the header.</param>
    public static void Test(CodeWriter code, string name, string call, string? feature = null)
    {
        code.Separate();
        code.Line("[global::Xunit.Fact]");
        if (feature is not null)
            code.Line($"[global::Xunit.Trait(\"feature\", {Literal.Of(feature)})]");
        code.Line($"public void {CSharpName.Clean(name)}() => {Checks}.{call};");
    }
}
