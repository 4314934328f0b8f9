namespace Faultline.AbiSources.Btf;

/// <summary>Types as C spells them, for people; nothing is compared by it.</summary>
internal static class BtfSpelling
{
    /// <summary>What a pointer points to may point back to it.</summary>
    private const int Deepest = 16;

    public static string Of(BtfTypes types, int id, int depth = 0)
    {
        if (depth > Deepest)
            return "…";
        string Inner(BtfType outer) => Of(types, outer.TypeId, depth + 1);
        var type = types[id];
        return type.Kind switch
        {
            "TYPEDEF" or "INT" or "FLOAT" or "VOID" => type.Name,
            "STRUCT" or "UNION" or "ENUM" => Tagged(type.Kind.ToLowerInvariant(), type),
            "ENUM64" => Tagged("enum", type),
            "FWD" => Tagged("struct", type),
            "PTR" when types.Resolve(type.TypeId).Type.Kind == "FUNC_PROTO" => "void (*)()",
            "PTR" => Inner(type) + " *",
            "ARRAY" => $"{Inner(type)}[{(type.NrElems == 0 ? "" : type.NrElems.ToString(System.Globalization.CultureInfo.InvariantCulture))}]",
            "CONST" => "const " + Inner(type),
            "VOLATILE" => "volatile " + Inner(type),
            "RESTRICT" or "TYPE_TAG" => Inner(type),
            "FUNC_PROTO" => "void ()",
            var other => other.ToLowerInvariant(),
        };
    }

    private static string Tagged(string keyword, BtfType type) => type.HasName ? $"{keyword} {type.Name}" : keyword + " {...}";
}
