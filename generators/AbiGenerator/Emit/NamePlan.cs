using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Emit;

/// <summary>The C# names of everything in one model, decided once so that all emitters agree.</summary>
internal sealed class NamePlan
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ioctls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    private NamePlan(string headerClass) => HeaderClass = headerClass;

    /// <summary>From the header's file name: <c>Userfaultfd</c>.</summary>
    public string HeaderClass { get; }

    public string ConstantsClass => HeaderClass + "Constants";

    public string IoctlsClass => HeaderClass + "Ioctls";

    /// <summary>Arguments of FLT004.</summary>
    public List<string[]> Collisions { get; } = [];

    public static NamePlan For(AbiSpec spec)
    {
        var plan = new NamePlan(CSharpName.Pascal(Path.GetFileNameWithoutExtension(spec.Header).Replace('-', '_').Replace('.', '_')));
        plan.NameTypes(spec);
        plan.NameConstants(spec);
        plan.NameIoctls(spec);
        foreach (var group in spec.Flags.Concat(spec.Events))
            plan.NameMembers(group.Name, group.Members.Select(member => (member.Name, member.Name.Substring(group.Name.Length + 1))));
        foreach (var item in spec.Enums.Where(item => item.Name.Length > 0))
            plan.NameMembers(item.Id, item.Members.Select(member => (member.Name, member.Name)));
        return plan;
    }

    /// <summary>The type of a struct, union or enum by its <c>Id</c>, or of a group by its name; null when the model has none of that name.</summary>
    public string? Type(string id) => _types.TryGetValue(id, out var name) ? name : null;

    public string Constant(string cName) => _constants[cName];

    public string Ioctl(string cName) => _ioctls[cName];

    /// <param name="owner">The group's name or the enum's <c>Id</c>.</param>
    public string Member(string owner, string cName) => _members[$"{owner}/{cName}"];

    private void NameTypes(AbiSpec spec)
    {
        var scope = new NameScope(spec.Header, NameScope.UsedByStructs.Concat([ConstantsClass, IoctlsClass, "IoctlRequest"]));
        foreach (var item in spec.Structs)
            _types.Add(item.Id, scope.Give(item.Name, CSharpName.Pascal(item.Name)));
        foreach (var item in spec.Enums.Where(item => item.Name.Length > 0))
            _types.Add(item.Id, scope.Give(item.Name, CSharpName.Pascal(item.Name)));
        foreach (var group in spec.Flags.Concat(spec.Events))
            _types.Add(group.Name, scope.Give(group.Name, CSharpName.Pascal(group.Name)));
        Collisions.AddRange(scope.Collisions);
    }

    private void NameConstants(AbiSpec spec)
    {
        var scope = new NameScope(ConstantsClass, NameScope.ObjectMembers.Append(ConstantsClass));
        foreach (var constant in spec.Constants)
            _constants.Add(constant.Name, scope.Give(constant.Name, CSharpName.Pascal(constant.Name)));
        foreach (var member in spec.Enums.Where(item => item.Name.Length == 0).SelectMany(item => item.Members))
        {
            if (!_constants.ContainsKey(member.Name))
                _constants.Add(member.Name, scope.Give(member.Name, CSharpName.Pascal(member.Name)));
        }
        Collisions.AddRange(scope.Collisions);
    }

    private void NameIoctls(AbiSpec spec)
    {
        var scope = new NameScope(IoctlsClass, NameScope.ObjectMembers.Append(IoctlsClass));
        foreach (var ioctl in spec.Ioctls)
            _ioctls.Add(ioctl.Name, scope.Give(ioctl.Name, CSharpName.Pascal(ioctl.Name)));
        Collisions.AddRange(scope.Collisions);
    }

    private void NameMembers(string owner, IEnumerable<(string CName, string Short)> members)
    {
        // "value__" is the one name C# reserves in an enum.
        var scope = new NameScope(owner, ["value__"]);
        foreach (var (name, shortName) in members)
            _members.Add($"{owner}/{name}", scope.Give(name, CSharpName.Pascal(shortName)));
        Collisions.AddRange(scope.Collisions);
    }
}
