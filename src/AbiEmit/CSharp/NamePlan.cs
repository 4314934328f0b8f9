using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>The C# names of everything in one model, decided once so that all emitters agree.</summary>
internal sealed class NamePlan
{
    private readonly EmittableModel _model;
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ioctls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _elsewhere;
    private Dictionary<string, string>? _places;
    private readonly ILookup<string, GivenName> _kept;

    private NamePlan(EmittableModel model)
    {
        _model = model;
        ByteOrders = new(model.Spec);
        _elsewhere = new(model.Elsewhere, StringComparer.Ordinal);
        _kept = model.Kept.ToLookup(name => name.Scope, StringComparer.Ordinal);
        foreach (var name in model.Types)
            _types.Add(name.C, name.CSharp);
    }

    /// <summary>What the header's classes begin with: <c>Userfaultfd</c>.</summary>
    public string HeaderClass => _model.HeaderClass;

    public string ConstantsClass => HeaderClass + "Constants";

    public string IoctlsClass => HeaderClass + "Ioctls";

    public List<NameClash> Clashes { get; } = [];

    public ByteOrders ByteOrders { get; }

    public static NamePlan For(EmittableModel model)
    {
        var plan = new NamePlan(model);
        var spec = model.Spec;
        plan.NameConstants(spec);
        plan.NameIoctls(spec);
        foreach (var group in spec.Flags.Concat(spec.Events))
            plan.NameMembers(GroupId(group), group.Members.Select(member => (member.Name, Short(group, member.Name))));
        foreach (var item in spec.Enums.Where(item => item.Name.Length > 0))
            plan.NameMembers(item.Id, item.Members.Select(member => (member.Name, member.Name)));
        return plan;
    }

    /// <summary>What a group is called among types: no C name has a star in it.</summary>
    public static string GroupId(GroupSpec group) => group.Name + "_*";

    /// <summary>
    /// The type of a struct, union or enum by its <c>Id</c>, or of a group by its <see cref="GroupId"/>; null when the
    /// model has none of that name.
    /// </summary>
    public string? Type(string id) => _types.TryGetValue(id, out var name) ? name : null;

    /// <summary>Whether this model writes the record, enum or group, and not another one of the namespace.</summary>
    public bool IsOwn(string id) => !_elsewhere.Contains(id);

    public string Constant(string cName) => _constants[cName];

    public string Ioctl(string cName) => _ioctls[cName];

    /// <param name="owner">The group's or the enum's id.</param>
    public string Member(string owner, string cName) => _members[$"{owner}/{cName}"];

    /// <summary>
    /// The place of a macro, record or enum, <c>linux/kvm.h:83</c>. Empty when it is not known or was not asked for.
    /// </summary>
    public string Place(string subject)
    {
        if (!_model.Options.Places)
            return "";
        if (_places is null)
        {
            _places = new(StringComparer.Ordinal);
            foreach (var location in _model.Spec.Locations)
                _places[location.Name] = location.At;
        }
        return _places.TryGetValue(subject, out var place) ? place : "";
    }

    /// <summary>The place of a macro that the model could not evaluate.</summary>
    public string Place(UnresolvedSpec item) => _model.Options.Places ? item.At : "";

    /// <summary>A type's name from anywhere: a nested type or a member may bear the name of a type outside.</summary>
    public string Qualified(string type) => $"global::{_model.Namespace}.{type}";

    /// <summary>Every name of the model's own but those inside its records, for the name map.</summary>
    public IEnumerable<GivenName> All => _constants.Select(item => new GivenName(ConstantsClass, item.Key, item.Value))
        .Concat(_ioctls.Select(item => new GivenName(IoctlsClass, item.Key, item.Value)))
        .Concat(_members.Select(item => (Id: item.Key.Substring(0, item.Key.LastIndexOf('/')),
            C: item.Key.Substring(item.Key.LastIndexOf('/') + 1), item.Value))
            .Select(item => new GivenName(_types[item.Id], item.C, item.Value)));

    /// <summary>
    /// The macros of a header that are integers: constants, and the members of groups, which stand among the constants
    /// too.
    /// </summary>
    public static IEnumerable<ConstantSpec> Constants(AbiSpec spec) =>
        spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members));

    private static string Short(GroupSpec group, string member) =>
        member.Length > group.Name.Length + 1 && member.StartsWith(group.Name + "_", StringComparison.Ordinal)
            ? member.Substring(group.Name.Length + 1) : member;

    private string Pascal(string cName) => CSharpName.Pascal(cName, _model.Options.StripPrefixes);

    /// <summary>C# names by key that the name map has for a class, enum or record; null when it has none.</summary>
    public Dictionary<string, string>? Kept(string scope)
    {
        Dictionary<string, string>? kept = null;
        foreach (var name in _kept[scope])
            (kept ??= new(StringComparer.Ordinal))[name.C] = name.CSharp;
        return kept;
    }

    private void NameConstants(AbiSpec spec)
    {
        var scope = new NameScope(ConstantsClass, ConstantsClass, NameScope.ObjectMembers.Append(ConstantsClass), Kept(ConstantsClass));
        foreach (var constant in Constants(spec))
            _constants.Add(constant.Name, scope.Give(constant.Name, Pascal(constant.Name)));
        foreach (var member in spec.Enums.Where(item => item.Name.Length == 0 && IsOwn(item.Id)).SelectMany(spec.NumbersOf))
        {
            if (!_constants.ContainsKey(member.Name))
                _constants.Add(member.Name, scope.Give(member.Name, Pascal(member.Name)));
        }
        Clashes.AddRange(scope.Clashes);
    }

    private void NameIoctls(AbiSpec spec)
    {
        var scope = new NameScope(IoctlsClass, IoctlsClass, NameScope.ObjectMembers.Append(IoctlsClass), Kept(IoctlsClass));
        foreach (var ioctl in spec.Ioctls)
            _ioctls.Add(ioctl.Name, scope.Give(ioctl.Name, Pascal(ioctl.Name)));
        foreach (var macro in spec.Unresolved.Where(RequestFormula.IsRequest))
            _ioctls.Add(macro.Name, scope.Give(macro.Name, Pascal(macro.Name)));
        Clashes.AddRange(scope.Clashes);
    }

    private void NameMembers(string owner, IEnumerable<(string CName, string Short)> members)
    {
        // "value__" is the one name C# reserves in an enum.
        var scope = new NameScope(_types[owner], owner, ["value__"], Kept(_types[owner]));
        foreach (var (name, shortName) in members)
            _members.Add($"{owner}/{name}", scope.Give(name, Pascal(shortName)));
        if (IsOwn(owner))
            Clashes.AddRange(scope.Clashes);
    }
}
