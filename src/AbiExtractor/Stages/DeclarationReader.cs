using System.Numerics;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Second stage: the header's structs, unions, enums and typedefs, and those of other headers that they need.</summary>
internal sealed class DeclarationReader(TranslationUnit unit, SearchPath path, CommentReader comments)
{
    private readonly Dictionary<string, StructSpec> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumSpec> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypedefSpec> _typedefs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnresolvedSpec> _unresolved = new(StringComparer.Ordinal);
    private readonly TypeText _texts = new(new(unit));
    private readonly FunctionReader _functions = new(unit);
    private readonly List<LocationSpec> _locations = [];
    private readonly Dictionary<string, (string Name, bool IsHeader)> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (EnumMemberSpec Member, SourcePlace Place)> _enumerators = new(StringComparer.Ordinal);

    /// <summary>Reads types of the same unit.</summary>
    public TypeReader Types => _texts.Types;

    public AbiSpec AddTo(AbiSpec spec) => spec with
    {
        Structs = _structs.Values.ToEquatableArray(),
        Enums = _enums.Values.ToEquatableArray(),
        Typedefs = _typedefs.Values.ToEquatableArray(),
        Unresolved = spec.Unresolved.Concat(_unresolved.Values).ToEquatableArray(),
        Locations = spec.Locations.Concat(_locations).ToEquatableArray(),
    };

    /// <summary>An enumerator and where it stands; null when no enum that was read has it.</summary>
    public (EnumMemberSpec Member, string At)? Enumerator(string name) =>
        _enumerators.TryGetValue(name, out var found) ? (found.Member, At(found.Place)) : null;

    /// <summary>Reads every declaration that stands in the header itself.</summary>
    public void ReadHeader()
    {
        foreach (var cursor in unit.CursorsOfFile(path.Header))
            Declaration(cursor, unit.Place(clang_getCursorLocation(cursor)));
    }

    /// <summary>Reads declarations of other headers: those of the given names, and enums that have a member of them.</summary>
    public void ReadOthers(IReadOnlySet<string> names)
    {
        foreach (var cursor in unit.TopLevel)
        {
            if (cursor.Kind is not (CursorKind.StructDecl or CursorKind.UnionDecl or CursorKind.EnumDecl or CursorKind.TypedefDecl
                    or CursorKind.FunctionDecl)
                || !IsWanted(cursor, names))
                continue;
            var place = unit.Place(clang_getCursorLocation(cursor));
            // What the probe itself declares, for example in a sizeof, no header has.
            if (place.File != ProbedHeader.ProbeName && !IsOfHeader(place))
                Declaration(cursor, place);
        }
    }

    private static bool IsWanted(CXCursor cursor, IReadOnlySet<string> names) => names.Contains(Take(clang_getCursorSpelling(cursor)))
        || (cursor.Kind == CursorKind.EnumDecl
            && TranslationUnit.Children(cursor).Any(member => names.Contains(Take(clang_getCursorSpelling(member)))));

    /// <summary>Reads the record or enum a type refers to, arrays and pointers looked through only as far as layout needs.</summary>
    public TypeRef Need(CXType type)
    {
        var element = clang_getCanonicalType(type);
        while (element.Kind is ClangTypeKind.ConstantArray or ClangTypeKind.IncompleteArray)
            element = clang_getCanonicalType(clang_getArrayElementType(element));
        if (element.Kind is ClangTypeKind.Record or ClangTypeKind.Enum)
        {
            var declaration = clang_getCursorDefinition(clang_getTypeDeclaration(element));
            // A record that is only declared has no definition, and no layout to describe.
            if (declaration.Kind is CursorKind.StructDecl or CursorKind.UnionDecl or CursorKind.EnumDecl
                && Types.NameOf(declaration) is not null)
                Named(declaration);
        }
        return Types.Read(type);
    }

    private void Declaration(CXCursor cursor, SourcePlace place)
    {
        switch (cursor.Kind)
        {
            case CursorKind.StructDecl or CursorKind.UnionDecl or CursorKind.EnumDecl when clang_isCursorDefinition(cursor) != 0:
                Named(cursor);
                break;
            case CursorKind.StructDecl or CursorKind.UnionDecl or CursorKind.EnumDecl when clang_isCursorDefinition(clang_getCursorDefinition(cursor)) == 0:
                Refuse(Take(clang_getTypeSpelling(clang_getCursorType(cursor))), "it is declared here and defined nowhere", place);
                break;
            case CursorKind.TypedefDecl:
                Typedef(cursor, place);
                break;
            case CursorKind.FunctionDecl:
                Function(cursor, place);
                break;
            case CursorKind.VarDecl:
                Refuse(Take(clang_getCursorSpelling(cursor)), "a variable is not part of a uapi", place);
                break;
        }
    }

    /// <summary>Lists what has no form in the model; something declared twice is one thing.</summary>
    private void Refuse(string name, string reason, SourcePlace place)
    {
        if (name.Length > 0)
            _unresolved.TryAdd(name, new() { Name = name, Kind = "declaration", Reason = reason, At = At(place) });
    }

    /// <summary>Lists a function: of several declarations the one with a body.</summary>
    private void Function(CXCursor cursor, SourcePlace place)
    {
        var name = Take(clang_getCursorSpelling(cursor));
        Refuse(name, "a function is code, not layout", place);
        if (!_unresolved.TryGetValue(name, out var known) || known.Body.Contains(FunctionReader.BodyStart, StringComparison.Ordinal))
            return;
        var unnamed = new List<CXCursor>();
        var body = _functions.Read(cursor, name, place, unnamed);
        if (known.Body.Length == 0 || body.Contains(FunctionReader.BodyStart, StringComparison.Ordinal))
            _unresolved[name] = known with { Body = body, At = At(place), Unnamed = Unnamed(unnamed, CommentReader.NoMembers) };
    }

    private string At(SourcePlace place) => $"{FileOf(place).Name}:{place.Line}";

    private bool IsOfHeader(SourcePlace place) => FileOf(place).IsHeader;

    /// <summary>The file as programs include it.</summary>
    private (string Name, bool IsHeader) FileOf(SourcePlace place)
    {
        if (!_files.TryGetValue(place.File, out var file))
            _files.Add(place.File, file = (path.NameOf(place.File), SearchPath.SamePath(place.File, path.Header)));
        return file;
    }

    private void Named(CXCursor cursor)
    {
        var name = Types.NameOf(cursor);
        var place = unit.Place(clang_getCursorLocation(cursor));
        if (cursor.Kind == CursorKind.EnumDecl)
            Enum(cursor, name, place);
        else if (name is { } found)
            Record(cursor, found, place);
    }

    private string Origin(SourcePlace place) => IsOfHeader(place) ? "" : FileOf(place).Name;

    private string Doc(CXCursor cursor)
    {
        if (comments.IsEmpty)
            return "";
        var extent = clang_getCursorExtent(cursor);
        var start = unit.Place(clang_getRangeStart(extent));
        return IsOfHeader(start) ? comments.Of(start.Line, unit.Place(clang_getRangeEnd(extent)).Line) : "";
    }

    /// <summary>What a comment in the kernel's format says of each member.</summary>
    private IReadOnlyDictionary<string, string> MemberDocs(CXCursor cursor)
    {
        if (comments.IsEmpty)
            return CommentReader.NoMembers;
        var start = unit.Place(clang_getRangeStart(clang_getCursorExtent(cursor)));
        return comments.MembersAt(IsOfHeader(start) ? start.Line : 0);
    }

    private string Doc(CXCursor member, string name, IReadOnlyDictionary<string, string> docs) =>
        docs.GetValueOrDefault(name) is { Length: > 0 } told ? told : Doc(member);

    private void Record(CXCursor cursor, (string Name, bool Tagged) name, SourcePlace place)
    {
        var spec = new StructSpec { Name = name.Name, Tagged = name.Tagged, Kind = Kind(cursor), Qualifiers = Types.QualifiersOf(cursor) };
        if (_structs.ContainsKey(spec.Id))
            return;
        if (IsTooLarge(clang_getCursorType(cursor)))
        {
            Refuse(spec.Id, TooLarge, place);
            return;
        }
        _structs.Add(spec.Id, spec); // before its fields, which may need it again
        spec = Layout(cursor, spec, MemberDocs(cursor)) with { Origin = Origin(place), Doc = Doc(cursor) };
        if (Depth(spec) > AbiLimits.DeepestRecord)
        {
            _structs.Remove(spec.Id);
            Refuse(spec.Id, $"records without a name are nested in it more than {AbiLimits.DeepestRecord} deep", place);
        }
        else
        {
            _structs[spec.Id] = spec;
            _locations.Add(new() { Name = spec.Id, At = At(place) });
        }
        Nested(cursor);
    }

    private static int Depth(StructSpec record) => record.Fields.Select(field => field.Inline is { } inline ? 1 + Depth(inline)
        : field.Unnamed.Select(unnamed => 2 + Depth(unnamed)).DefaultIfEmpty().Max()).DefaultIfEmpty().Max();

    private static readonly string TooLarge = $"it is larger or more aligned than a model tells: {AbiLimits.LargestSize} and {AbiLimits.LargestAlign} bytes";

    private static bool IsTooLarge(CXType type) => clang_Type_getSizeOf(type) > AbiLimits.LargestSize || clang_Type_getAlignOf(type) > AbiLimits.LargestAlign;

    private static RecordKind Kind(CXCursor cursor) => cursor.Kind == CursorKind.UnionDecl ? RecordKind.Union : RecordKind.Struct;

    /// <summary>C gives a record declared inside another file scope.</summary>
    private void Nested(CXCursor record)
    {
        foreach (var child in TranslationUnit.Children(record))
        {
            if (child.Kind is not (CursorKind.StructDecl or CursorKind.UnionDecl or CursorKind.EnumDecl) || clang_isCursorDefinition(child) == 0)
                continue;
            Named(child);
            if (child.Kind != CursorKind.EnumDecl && Types.NameOf(child) is null)
                Nested(child);
        }
    }

    private StructSpec Layout(CXCursor cursor, StructSpec spec, IReadOnlyDictionary<string, string> docs)
    {
        var type = clang_getCursorType(cursor);
        return spec with
        {
            Size = Math.Max(0, clang_Type_getSizeOf(type)),
            Align = (int)Math.Max(1, clang_Type_getAlignOf(type)),
            Packed = TranslationUnit.Children(cursor).Any(child => child.Kind == CursorKind.PackedAttribute),
            Fields = TranslationUnit.Fields(type).Select(field => Field(field, docs)).ToEquatableArray(),
        };
    }

    private FieldSpec Field(CXCursor cursor, IReadOnlyDictionary<string, string> docs)
    {
        var type = clang_getCursorType(cursor);
        var reference = Need(type);
        var bits = Math.Max(0, clang_Cursor_getOffsetOfField(cursor));
        var name = FieldName(cursor);
        var pointee = reference.Kind == TypeKind.Pointer ? Types.Pointee(type) : null;
        var (spelling, unnamed) = (TypeReader.Spelling(type), new List<CXCursor>());
        var field = new FieldSpec
        {
            Name = name,
            CType = spelling,
            Type = reference,
            Pointee = pointee,
            Full = _texts.Beyond(type, pointee, unnamed),
            Offset = bits / 8,
            Size = reference.IsFlexible ? 0 : Math.Max(0, clang_Type_getSizeOf(type)),
            Doc = Doc(cursor, name, docs),
        };
        if (clang_Cursor_isBitField(cursor) != 0)
            field = field with { BitOffset = bits, BitWidth = clang_getFieldDeclBitWidth(cursor) };
        if (reference.Kind == TypeKind.Inline)
            return field with { Inline = Inline(type, docs), Full = name.Length > 0 ? field.Full : Anonymous(cursor, type, spelling) };
        return unnamed.Count == 0 || IsUnnamedTypedef(spelling) ? field : field with { Unnamed = Unnamed(unnamed, docs) };
    }

    /// <summary>The type in full of a member without a name; empty where its layout tells all.</summary>
    private string Anonymous(CXCursor member, CXType type, string spelling) =>
        AnonymousQualifiers.Of(unit, member, clang_getTypeDeclaration(clang_getCanonicalType(type))) is { Length: > 0 } words
            ? $"{words} {spelling}" : "";

    /// <summary>
    /// Whether what stands between qualifiers, pointers and rows is a typedef of the header that has such records itself.
    /// </summary>
    private bool IsUnnamedTypedef(string spelling)
    {
        var word = spelling.Split('[', '*')[0].Trim().Split(' ')[^1];
        return (_typedefs.TryGetValue(word, out var typedef) && typedef.Unnamed.Count > 0)
            || (_unresolved.TryGetValue("typedef " + word, out var array) && array.Unnamed.Count > 0);
    }

    private EquatableArray<StructSpec> Unnamed(List<CXCursor> declarations, IReadOnlyDictionary<string, string> docs) =>
        declarations.Select(declaration => Layout(declaration, new() { Kind = Kind(declaration) }, docs)).ToEquatableArray();

    /// <summary>Newer libclang describes a member without a name instead of returning nothing.</summary>
    private static string FieldName(CXCursor cursor) => Take(clang_getCursorSpelling(cursor)) is var name && CIdentifier.IsValid(name) ? name : "";

    private StructSpec Inline(CXType type, IReadOnlyDictionary<string, string> docs)
    {
        var element = clang_getCanonicalType(type);
        while (element.Kind is ClangTypeKind.ConstantArray or ClangTypeKind.IncompleteArray)
            element = clang_getCanonicalType(clang_getArrayElementType(element));
        var declaration = clang_getCursorDefinition(clang_getTypeDeclaration(element));
        return Layout(declaration, new() { Kind = Kind(declaration) }, docs);
    }

    private void Enum(CXCursor cursor, (string Name, bool Tagged)? name, SourcePlace place)
    {
        var integer = Types.Read(clang_getEnumDeclIntegerType(cursor));
        var docs = MemberDocs(cursor);
        var spec = new EnumSpec
        {
            Name = name?.Name ?? "",
            Tagged = name?.Tagged ?? true,
            Qualifiers = name is null ? "" : Types.QualifiersOf(cursor),
            Type = integer,
            Origin = Origin(place),
            Doc = Doc(cursor),
            Members = TranslationUnit.Children(cursor).Where(child => child.Kind == CursorKind.EnumConstantDecl).Select(Member).ToEquatableArray(),
        };
        if (_enums.TryAdd(spec.Id, spec))
            _locations.Add(new() { Name = spec.Id, At = At(place) });

        EnumMemberSpec Member(CXCursor member)
        {
            var enumerator = Take(clang_getCursorSpelling(member));
            var told = new EnumMemberSpec
            {
                Name = enumerator,
                Value = integer.IsSigned ? clang_getEnumConstantDeclValue(member) : clang_getEnumConstantDeclUnsignedValue(member),
                Defined = IsDefined(enumerator),
                Doc = Doc(member, enumerator, docs),
            };
            _enumerators.TryAdd(enumerator, (told, unit.Place(clang_getCursorLocation(member))));
            return told;
        }
    }

    /// <summary>Whether a macro of an enumerator's name says that name.</summary>
    private bool IsDefined(string enumerator) => unit.Macros.TryGetValue(enumerator, out var macro)
        && MacroQuestions.IsItself(MacroReader.Definition(unit, macro, enumerator));

    private void Typedef(CXCursor cursor, SourcePlace place)
    {
        var type = clang_getTypedefDeclUnderlyingType(cursor);
        var reference = Need(type);
        var name = Take(clang_getCursorSpelling(cursor));
        if (reference.Kind == TypeKind.Inline || IsTooLarge(type))
        {
            Refuse("typedef " + name, IsTooLarge(type) ? TooLarge : "it names an array of a record that has no name", place);
            if (!IsTooLarge(type))
                ArrayTypedef("typedef " + name, type);
            return;
        }
        if (reference is { Kind: TypeKind.Record or TypeKind.Enum, IsArray: false }
            && (reference.Name == "typedef " + name || reference.Name == "typedef enum " + name))
            return; // the record or enum carries this name itself
        var (spelling, unnamed) = (TypeReader.Spelling(type), new List<CXCursor>());
        var full = _texts.Beyond(type, pointee: null, unnamed);
        _typedefs.TryAdd(name, new()
        {
            Name = name,
            CType = spelling,
            Type = reference,
            Full = full,
            Unnamed = IsUnnamedTypedef(spelling) ? default : Unnamed(unnamed, CommentReader.NoMembers),
            Size = reference.IsFlexible || reference.Kind == TypeKind.Void ? 0 : Math.Max(0, clang_Type_getSizeOf(type)),
            Doc = Doc(cursor),
        });
        _locations.Add(new() { Name = "typedef " + name, At = At(place) });
    }

    private void ArrayTypedef(string name, CXType type)
    {
        var unnamed = new List<CXCursor>();
        var full = _texts.Of(type, unnamed);
        _unresolved[name] = _unresolved[name] with
        {
            Full = full,
            Unnamed = IsUnnamedTypedef(TypeReader.Spelling(type)) ? default : Unnamed(unnamed, CommentReader.NoMembers),
        };
    }
}
