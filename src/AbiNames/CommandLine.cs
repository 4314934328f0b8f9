using Faultline.AbiEmit;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;
using Faultline.Machine;

namespace Faultline.AbiNames;

/// <summary>Writes a project's name map: what the build target <c>FaultlineNames</c> runs.</summary>
internal static class CommandLine
{
    private const string Usage = "usage: Faultline.AbiNames NAMES.json MODELS.list [ONLY.txt]";

    /// <returns>0; 1 when a file cannot be read; 2 for a wrong command line.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [var mapPath, var listPath, .. var rest] || rest.Length > 1)
        {
            error.WriteLine(Usage);
            return 2;
        }
        var reading = mapPath;
        try
        {
            var before = File.Exists(mapPath) ? NameMapFile.Parse(InputText.Read(mapPath)) : NameMap.Empty;
            reading = listPath;
            var only = rest is [var path] ? NameList.Parse(InputText.Read(reading = path)) : null;
            var models = new List<NamespaceModel>();
            foreach (var model in NamedModel.List(InputText.Read(reading = listPath)))
            {
                var spec = AbiFile.Parse(InputText.Read(reading = model.Path));
                models.Add(new(only is null ? spec : only.Select(spec).Spec, model.Options));
            }
            reading = mapPath;
            var after = Grown(before, models);
            WholeFile.Write(mapPath, NameMapFile.Format(after));
            output.WriteLine($"{mapPath}: {after.Count} names, {after.Count - before.Count} of them new");
            return 0;
        }
        catch (AbiFormatException exception)
        {
            // As MSBuild reads errors: file, place, code.
            var code = reading == mapPath ? "FLT013" : "FLT002";
            error.WriteLine($"{reading}({exception.Line},{exception.Column}): error {code}: {exception.Problem}");
            return 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{reading}: error FLT001: {exception.Message}");
            return 1;
        }
    }

    /// <summary>The map with the names of all namespaces, the earlier of the project's items first.</summary>
    internal static NameMap Grown(NameMap map, IEnumerable<NamespaceModel> models)
    {
        foreach (var members in models.GroupBy(model => model.Options.Namespace, StringComparer.Ordinal))
        {
            // The generator emits the first of two models of one header, and says so of the second.
            var distinct = members.DistinctBy(model => model.Spec.Header, StringComparer.Ordinal).ToList();
            map = map.With(NamespacePlan.Of(distinct, map));
        }
        return map;
    }
}
