using Faultline.AbiEmit.CSharp;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Languages;

/// <summary>The generator's C# as one file, for projects that want no generator.</summary>
internal static class CSharpLanguage
{
    public static string Emit(AbiSpec spec, EmissionSource source)
    {
        var plan = NamespacePlan.Of([new(spec, new() { Namespace = source.Package ?? CSharpOptions.DefaultNamespace })], NameMap.Empty);
        return CSharpFile.Emit(plan.Models[0], plan.Support, source.Lines(spec, "csharp"));
    }
}
