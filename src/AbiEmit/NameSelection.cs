using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiEmit;

/// <summary>The part of a model that a list of names asks for.</summary>
internal sealed class NameSelection
{
    private readonly List<(WantedName Name, Regex Regex)> _names;
    private readonly bool _whole;
    private readonly AbiSpec _spec;
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public NameSelection(NameList list, AbiSpec spec)
    {
        _spec = spec;
        _names = [.. list.Names.Where(name => !name.IsHeader).Select(name => (name, NameList.Matcher(name)))];
        foreach (var header in list.Names.Where(name => name.IsHeader && NameList.Matcher(name).IsMatch(spec.Header)))
        {
            Used.Add(header.Line);
            _whole = true;
        }
        Spec = Selected();
    }

    public AbiSpec Spec { get; }

    /// <summary>Lines of the list that asked for something.</summary>
    public HashSet<int> Used { get; } = [];

    private bool Wants(params string[] names)
    {
        bool wanted = false, excluded = false;
        foreach (var (name, regex) in _names.Where(item => names.Any(item.Regex.IsMatch)))
        {
            Used.Add(name.Line);
            wanted |= !name.Excludes;
            excluded |= name.Excludes;
        }
        return (wanted || _whole) && !excluded;
    }

    private AbiSpec Selected()
    {
        // Every list is asked whole, so that each line of the list that matches anything counts as used.
        var ioctls = _spec.Ioctls.Where(ioctl => Wants(ioctl.Name)).ToEquatableArray();
        var typedefs = _spec.Typedefs.Where(typedef => Wants(typedef.Name)).ToList();
        var enums = _spec.Enums.Where(item => Wants([item.Name, item.Id, .. item.Members.Select(member => member.Name)]))
            .Select(item => item.Id).ToList();
        var records = _spec.Structs.Where(record => Wants(record.Name, record.Id)).ToList();
        _types.UnionWith(enums);
        foreach (var record in records)
            Need(record);
        foreach (var type in ioctls.Select(ioctl => ioctl.ArgumentType).Concat(typedefs.Select(typedef => typedef.Type)))
            Need(type);
        var unresolved = _spec.Unresolved.Where(item => Wants(item.Name)).ToEquatableArray();
        foreach (var request in unresolved.Select(RequestFormula.Of))
        {
            if (_spec.Structs.FirstOrDefault(record => record.Id == request?.ArgumentId) is { } argument)
                Need(argument);
        }
        return _spec with
        {
            Structs = _spec.Structs.Where(record => _types.Contains(record.Id)).ToEquatableArray(),
            Enums = _spec.Enums.Where(item => _types.Contains(item.Id)).ToEquatableArray(),
            Typedefs = WithIntegers(typedefs),
            Constants = _spec.Constants.Where(constant => Wants(constant.Name)).ToEquatableArray(),
            Flags = Groups(_spec.Flags),
            Events = Groups(_spec.Events),
            Ioctls = ioctls,
            Unresolved = unresolved,
        };
    }

    private EquatableArray<GroupSpec> Groups(EquatableArray<GroupSpec> groups) =>
        groups.Where(group => Wants([group.Name, .. group.Members.Select(member => member.Name)])).ToEquatableArray();

    /// <summary>A field's spelling may hide a byte order behind a typedef.</summary>
    private EquatableArray<TypedefSpec> WithIntegers(List<TypedefSpec> wanted)
    {
        var names = new HashSet<string>(wanted.Select(typedef => typedef.Name), StringComparer.Ordinal);
        foreach (var field in _spec.Structs.Where(record => _types.Contains(record.Id)).SelectMany(record => record.Fields))
            names.Add(field.CType.Split('[')[0].Trim());
        return _spec.Typedefs.Where(typedef => names.Contains(typedef.Name)).ToEquatableArray();
    }

    private void Need(TypeRef type)
    {
        if (_spec.FindStruct(type.Element) is { } record)
            Need(record);
        else if (type.Kind == TypeKind.Enum)
            _types.Add(type.Name);
    }

    private void Need(StructSpec record)
    {
        if (record.Name.Length > 0 && !_types.Add(record.Id))
            return;
        foreach (var field in record.Fields)
        {
            if (field.Inline is { } inline)
                Need(inline);
            else
                Need(field.Type);
        }
    }
}
