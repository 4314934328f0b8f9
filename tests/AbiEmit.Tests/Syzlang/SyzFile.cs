using System.Text.RegularExpressions;

namespace Faultline.AbiEmit.Tests.Syzlang;

/// <summary>
/// A description read by the grammar of syzkaller's docs/syscall_descriptions_syntax.md, and by what its compiler refuses besides:
/// names declared twice or reserved, types nobody declares, records without members, what is declared and not used.
/// </summary>
internal sealed partial class SyzFile
{
    private static readonly HashSet<string> Integers =
        ["int8", "int16", "int32", "int64", "int16be", "int32be", "int64be", "intptr", "bool8"];

    private static readonly HashSet<string> Builtin =
        [.. Integers, .. "ptr array const flags string fd void len vma proc text fmt csum opt in out inout".Split(' ')];

    private static readonly string[] NoMembers = ["parent", "syscall", "include", "incdir", "define", "resource"];

    private readonly string[] _lines;
    private int _line;
    private string _rest = "";

    private SyzFile(string text) => _lines = text.Split('\n');

    public List<SyzCall> Calls { get; } = [];

    public Dictionary<string, SyzRecord> Records { get; } = [];

    public Dictionary<string, string[]> Flags { get; } = [];

    public Dictionary<string, SyzType> Resources { get; } = [];

    public List<string> Problems { get; } = [];

    public static SyzFile Parse(string text)
    {
        var file = new SyzFile(text);
        for (; file._line < file._lines.Length; file._line++)
            file.Declaration(file._lines[file._line]);
        file.Check();
        return file;
    }

    private void Problem(string what) => Problems.Add($"{_line + 1}: {what}: {(_line < _lines.Length ? _lines[_line] : "")}");

    private void Declaration(string line)
    {
        _rest = line;
        if (line.Length == 0)
            return;
        if (line[0] == '#')
        {
            if (DirectiveInComment().IsMatch(line))
                Problem("a comment that begins as a directive");
        }
        else if (Take(@"include <[\w/.-]+>"))
            End();
        else if (Take("resource "))
            Resource();
        else if (Name() is not { } name)
            Problem("no declaration");
        else if (Take(" = "))
            FlagSet(name);
        else if (Take(@"\("))
            Call(name);
        else if (Take(@" \{") || Take(@" \["))
            Record(name, line.EndsWith('['));
        else
            Problem("no declaration");
    }

    private void Resource()
    {
        if (Name() is { } name && Take(@"\[") && Type() is { } type && Take(@"\]"))
            Add(Resources, name, type);
        End();
    }

    private void FlagSet(string name)
    {
        var values = new List<string>();
        do
        {
            if (Name() is { } value)
                values.Add(value);
            else
                Problem("no constant");
        }
        while (Take(", "));
        End();
        if (name != "_")
            Add(Flags, name, values.ToArray());
    }

    private void Call(string name)
    {
        var arguments = new List<SyzField>();
        while (!Take(@"\)"))
        {
            if (Name() is { } argument && Take(" ") && Type() is { } type)
                arguments.Add(new(argument, type));
            else
            {
                Problem("no argument");
                return;
            }
            Take(", ");
        }
        var result = Take(" ") ? Type() : null;
        End();
        if (Calls.Exists(call => call.Name == name))
            Problem("declared twice");
        Calls.Add(new(name, arguments, result));
    }

    private void Record(string name, bool union)
    {
        End();
        var fields = new List<SyzField>();
        for (_line++; _line < _lines.Length && _lines[_line] is ['\t', ..]; _line++)
        {
            _rest = _lines[_line];
            if (Take("\t") && Name() is { } field && Take("\t") && Type() is { } type)
                fields.Add(new(field, type));
            else
                Problem("no member");
            End();
        }
        _rest = _line < _lines.Length ? _lines[_line] : "";
        if (!Take(union ? @"\]" : @"\}"))
            Problem("the record does not end");
        var attributes = new List<SyzType>();
        if (Take(@" \["))
        {
            do
            {
                if (Type() is { } attribute)
                    attributes.Add(attribute);
            }
            while (Take(", "));
            if (!Take(@"\]"))
                Problem("the attributes do not end");
        }
        End();
        Add(Records, name, new(name, union, fields, attributes));
    }

    private SyzType? Type()
    {
        if (Name() is not { } name && !Take(@"-?(0x[0-9a-f]+|\d+)|""[^""]*""", out name))
            return null;
        var arguments = new List<SyzType>();
        if (Take(@"\["))
        {
            do
            {
                if (Type() is { } argument)
                    arguments.Add(argument);
                else
                    Problem("no argument of a type");
            }
            while (Take(", "));
            if (!Take(@"\]"))
                Problem("the arguments of a type do not end");
        }
        int? bits = Take(@":\d+", out var width) ? int.Parse(width[1..], System.Globalization.CultureInfo.InvariantCulture) : null;
        return new(name, arguments, bits);
    }

    private string? Name() => Take(@"[A-Za-z_][A-Za-z0-9_$]*", out var name) ? name : null;

    private bool Take(string pattern) => Take(pattern, out _);

    private bool Take(string pattern, out string taken)
    {
        var match = Regex.Match(_rest, $"^(?:{pattern})");
        taken = match.Value;
        _rest = _rest[match.Length..];
        return match.Success;
    }

    private void End()
    {
        if (_rest.Length > 0)
            Problem($"'{_rest}' is too much");
    }

    private void Add<T>(Dictionary<string, T> into, string name, T item)
    {
        if (Builtin.Contains(name) || Records.ContainsKey(name) || Resources.ContainsKey(name) || !into.TryAdd(name, item))
            Problem($"{name} is declared twice or reserved");
    }

    private void Check()
    {
        var used = new HashSet<string>();
        foreach (var call in Calls)
        {
            foreach (var type in call.Arguments.Select(argument => argument.Type).Append(call.Result).OfType<SyzType>())
                Use(type, used);
        }
        foreach (var record in Records.Values)
        {
            if (record.Fields.Count == 0)
                Problems.Add($"{record.Name} has no members");
            foreach (var name in record.Fields.GroupBy(field => field.Name)
                .Where(group => group.Count() > 1 || NoMembers.Contains(group.Key)))
                Problems.Add($"{record.Name}.{name.Key} is declared twice or reserved");
            if (record.Attributes.Any(attribute =>
                !(attribute.Name == "size" || (!record.IsUnion && attribute.Name is "packed" or "align"))))
                Problems.Add($"{record.Name} has an attribute that there is not");
        }
        Problems.AddRange(Records.Keys.Concat(Flags.Keys).Concat(Resources.Keys).Where(name => !used.Contains(name))
            .Select(name => $"{name} is not used"));
        foreach (var resource in Resources.Keys.Where(resource => !Calls.Exists(call => call.Result?.Name == resource)))
            Problems.Add($"{resource} is created by no call");
    }

    private void Use(SyzType type, HashSet<string> used)
    {
        var first = type.Arguments.Count > 0 ? type.Arguments[0] : null;
        switch (type.Name)
        {
            case "const" when type.Arguments.Count is 1 or 2 && (type.Arguments.Count == 1 || Integers.Contains(type.Arguments[1].Name)):
                break;
            case "flags" when type.Arguments.Count == 2 && Flags.ContainsKey(first!.Name) && Integers.Contains(type.Arguments[1].Name):
                used.Add(first.Name);
                break;
            case "ptr" when type.Arguments.Count == 2 && first!.Name is "in" or "out" or "inout":
                Use(type.Arguments[1], used);
                break;
            case "array" when type.Arguments.Count == 1:
            case "array" when type.Arguments.Count == 2 && int.TryParse(type.Arguments[1].Name, out var length) && length > 0:
                Use(first!, used);
                break;
            case "string" when first?.Name[0] == '"':
            case var name when type.Arguments.Count == 0 && (Integers.Contains(name) || name == "fd"):
                break;
            case var name when type.Arguments.Count == 0 && Resources.ContainsKey(name):
                used.Add(name);
                break;
            case var name when type.Arguments.Count == 0 && Records.TryGetValue(name, out var record):
                if (used.Add(name))
                {
                    foreach (var field in record.Fields)
                        Use(field.Type, used);
                }
                break;
            default:
                Problems.Add($"{type} is no type");
                break;
        }
    }

    [GeneratedRegex(@"^#\s*(include|incdir|define)")]
    private static partial Regex DirectiveInComment();
}
