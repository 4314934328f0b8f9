using System.Collections.Immutable;
using Faultline.AbiEmit;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>The project's name map and its list of wanted names, where it has them.</summary>
/// <param name="MapPath">For messages.</param>
/// <param name="Places">For messages.</param>
/// <param name="Only">Null when everything is wanted.</param>
/// <param name="OnlyPath">For messages.</param>
internal sealed record ProjectLists(
    NameMap Map, string MapPath, NamePlaces Places, NameList? Only, string OnlyPath, Problem? Problem)
{
    public static ProjectLists From(ImmutableArray<ListInput> maps, ImmutableArray<ListInput> only)
    {
        var list = only.IsEmpty ? null : NameList.Parse(string.Join("\n", only.Select(file => file.Text)));
        var lists = new ProjectLists(NameMap.Empty, "", NamePlaces.None, list, only.IsEmpty ? "" : only[0].Path, null);
        if (maps.IsEmpty)
            return lists;
        try
        {
            return lists with { Map = NameMapFile.Parse(maps[0].Text), MapPath = maps[0].Path, Places = new(maps[0].Text) };
        }
        catch (AbiFormatException exception)
        {
            return lists with
            {
                Problem = new(DiagnosticDescriptors.MalformedNames.Id, maps[0].Path, exception.Line, exception.Column,
                    EquatableArray.Of(System.IO.Path.GetFileName(maps[0].Path), exception.Message)),
            };
        }
    }
}
