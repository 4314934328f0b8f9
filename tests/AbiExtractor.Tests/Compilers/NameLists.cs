using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>
/// What a header defines, told by others than libclang: macros by gcc's preprocessor (<c>-E -dD</c>), records, enums, enumerators and typedefs
/// by the debug information that gcc writes of the header.
/// </summary>
internal static partial class NameLists
{
    /// <summary>What gcc must be told for an object file to name all that its source declares, used or not.</summary>
    public static readonly string[] DebugInformation = ["-gdwarf-5", "-fno-eliminate-unused-debug-types"];

    /// <summary>How many names a header gives, and what of them is in no list of its model, or in several.</summary>
    /// <param name="binary">An object file of a source that includes the header, with <see cref="DebugInformation"/>.</param>
    public static async Task<(int Names, IReadOnlyList<string> Problems)> Check(
        string header, AbiSpec spec, string binary, CancellationToken cancellation)
    {
        var macros = await Macros(header, cancellation);
        var declarations = await Declarations(header, binary, cancellation);
        return (macros.Count + declarations.Count, [.. CheckMacros(macros, spec), .. CheckDeclarations(declarations, spec)]);
    }

    private static IEnumerable<string> CheckMacros(HashSet<string> defined, AbiSpec spec)
    {
        var lists = spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)).Select(constant => constant.Name)
            .Concat(spec.Ioctls.Where(ioctl => !ioctl.Enumerator).Select(ioctl => ioctl.Name))
            .Concat(spec.Unresolved.Where(item => item.Kind != "declaration").Select(item => item.Name)).ToLookup(name => name, StringComparer.Ordinal);
        // "#define X X" beside an enumerator X: the enum holds it.
        var enumerators = spec.Enums.SelectMany(item => item.Members).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return defined.Where(name => !lists.Contains(name) && !enumerators.Contains(name)).Select(name => $"macro {name} is in no list")
            .Concat(lists.Where(list => list.Count() > 1).Select(list => $"macro {list.Key} is in {list.Count()} lists"))
            .Concat(lists.Where(list => !defined.Contains(list.Key)).Select(list => $"macro {list.Key} is in the model, but gcc sees no definition"));
    }

    private static IEnumerable<string> CheckDeclarations(HashSet<string> declared, AbiSpec spec)
    {
        var known = spec.Structs.Select(record => record.Id).Concat(spec.Enums.Where(item => item.Name.Length > 0).Select(item => item.Id == "typedef enum " + item.Name ? "typedef " + item.Name : item.Id))
            .Concat(spec.Typedefs.Select(item => "typedef " + item.Name))
            .Concat(spec.Enums.SelectMany(item => item.Members).Select(member => "enumerator " + member.Name))
            .Concat(spec.Unresolved.Where(item => item.Kind == "declaration").Select(item => item.Name)).ToHashSet(StringComparer.Ordinal);
        return declared.Where(name => !known.Contains(name)).Select(name => $"{name} is in no list");
    }

    /// <summary>Every name that a <c>#define</c> of the header itself gives, under the conditions that hold.</summary>
    private static async Task<HashSet<string>> Macros(string header, CancellationToken cancellation)
    {
        var (status, output, error) = await CProbe.Run("gcc", ["-std=gnu17", "-w", "-E", "-dD", "-x", "c", header], cancellation);
        Assert.True(status == 0, error);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var inside = false;
        foreach (var line in output.Split('\n'))
        {
            if (LineMarker().Match(line) is { Success: true } marker)
                inside = marker.Groups[1].Value == header;
            else if (inside && Define().Match(line) is { Success: true } define)
                names.Add(define.Groups[1].Value);
        }
        return names;
    }

    /// <summary>Every record, enum, enumerator and typedef that stands in the header itself, as <c>struct x</c>, <c>enumerator X</c>, <c>typedef x_t</c>.</summary>
    private static async Task<HashSet<string>> Declarations(string header, string binary, CancellationToken cancellation)
    {
        // One readelf tells both; which comes first is the order of the sections in the file.
        var (status, dump, error) = await CProbe.Run("readelf", ["--debug-dump=rawline,info", "--wide", binary], cancellation);
        Assert.True(status == 0, error);
        var info = Section(dump, "Contents of the .debug_info section:");
        var lines = Section(dump, "Raw dump of debug contents of section .debug_line:");
        // The facts' own variables stand in the source, not in the header, and so are not among its names.
        var own = OwnFiles(lines, header);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var inOwnEnum = false;
        foreach (var entry in info.Split(" (DW_TAG_").Skip(1))
        {
            var word = entry[..entry.IndexOf(')', StringComparison.Ordinal)] switch
            {
                "structure_type" => "struct", "union_type" => "union", "enumeration_type" => "enum", "typedef" => "typedef", "enumerator" => "enumerator", _ => "",
            };
            var isOwn = DeclaredIn().Match(entry) is { Success: true } place && own.Contains(place.Groups[1].Value) && !entry.Contains("DW_AT_declaration", StringComparison.Ordinal);
            if (word == "enum")
                inOwnEnum = isOwn;
            // An enumerator has no place of its own, only its enum has.
            if (word.Length > 0 && (word == "enumerator" ? inOwnEnum : isOwn) && Name().Match(entry) is { Success: true } name)
                names.Add($"{word} {name.Groups[1].Value}");
        }
        return names;
    }

    /// <summary>What stands under a heading of a dump, up to the next one.</summary>
    private static string Section(string dump, string heading)
    {
        var start = dump.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"readelf has no \"{heading}\"");
        var next = Heading().Match(dump, start + heading.Length);
        return next.Success ? dump[start..next.Index] : dump[start..];
    }

    /// <summary>The numbers that the line table gives the header.</summary>
    private static HashSet<string> OwnFiles(string lines, string header)
    {
        var directories = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new HashSet<string>(StringComparer.Ordinal);
        var inFiles = false;
        foreach (var line in lines.Split('\n'))
        {
            if (line.Contains("Name Table", StringComparison.Ordinal))
                inFiles = true;
            else if (!inFiles && DirectoryEntry().Match(line) is { Success: true } directory)
                directories[directory.Groups[1].Value] = directory.Groups[2].Value;
            else if (inFiles && FileEntry().Match(line) is { Success: true } file && Path.Combine(directories[file.Groups[2].Value], file.Groups[3].Value) == header)
                files.Add(file.Groups[1].Value);
        }
        return files;
    }

    [GeneratedRegex("""^(?:Contents of the|Raw dump of debug contents of section) \..*:\r?$""", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""^\s*(\d+)\s+\(line_strp\).*\): (.*)$""")]
    private static partial Regex DirectoryEntry();

    [GeneratedRegex("""^\s*(\d+)\s+(?:\(udata\)\s+)?(\d+)\s+\(line_strp\).*\): (.*)$""")]
    private static partial Regex FileEntry();

    [GeneratedRegex("^# \\d+ \"([^\"]*)\"")]
    private static partial Regex LineMarker();

    [GeneratedRegex("""^#define ([^ (]+)""")]
    private static partial Regex Define();

    [GeneratedRegex("""DW_AT_decl_file\s*: (?:\([a-z0-9_]+\) )?(\d+)""")]
    private static partial Regex DeclaredIn();

    [GeneratedRegex("""DW_AT_name\s*: \([a-z0-9_]+\) (?:\(.*\): )?(\S+)""")]
    private static partial Regex Name();
}
