using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// Which records may grow at their end: those whose size is told with them, and is part of no ioctl's number that
/// has to match.
/// </summary>
internal sealed partial class ExtensibleRecords
{
    /// <summary>How many fields a size may stand behind: <c>perf_event_attr</c> begins with its type.</summary>
    private const int FieldsBeforeSize = 2;

    private static readonly HashSet<string> SizeFields = new(["size", "argsz", "struct_size", "usize"], StringComparer.Ordinal);

    /// <summary>
    /// Records that a system call, socket option, read or netlink message takes or gives together with their size, so that
    /// what both sides know is copied; and those that only BPF programs see, field by field.
    /// </summary>
    private static readonly HashSet<string> CopiedBySize = new(
    [
        "struct open_how", "struct clone_args", "struct mount_attr", "struct sched_attr", "struct perf_event_attr",
        "struct landlock_ruleset_attr",
        "struct mnt_id_req", "union bpf_attr", "struct bpf_prog_info", "struct bpf_map_info", "struct bpf_btf_info", "struct bpf_link_info",
        "struct xdp_umem_reg", "union fw_cdev_event",
        "struct tcp_info", "struct mptcp_info", "struct taskstats", "struct bpf_sock_ops", "struct __sk_buff", "struct xdp_md",
    ], StringComparer.Ordinal);

    /// <summary>
    /// Drivers' cores that go by an ioctl's number and fill up, or cut off, what the sizes differ by: drm_ioctl(),
    /// kfd_ioctl().
    /// </summary>
    private static readonly (string Header, int Magic)[] Negotiators = [("drm/", 'd'), ("linux/kfd_ioctl.h", 'K')];

    private readonly HashSet<string> _encoded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _negotiated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inUnions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _elsewhere = new(StringComparer.Ordinal);
    private readonly List<(string Words, long Size)> _versions = [];
    private readonly string _header;
    private readonly bool _isRdma;

    public ExtensibleRecords(AbiSpec old, AbiSpec current)
    {
        _header = current.Header;
        _isRdma = current.Header.StartsWith("rdma/", StringComparison.Ordinal)
            && current.Header.EndsWith("-abi.h", StringComparison.Ordinal);
        foreach (var spec in new[] { old, current })
        {
            foreach (var record in spec.Structs)
                SeeUses(record);
            var records = spec.Structs.ToLookup(record => record.Id, StringComparer.Ordinal);
            foreach (var ioctl in spec.Ioctls)
                Hold(ioctl.ArgumentType, records, IsNegotiated(spec, ioctl) ? _negotiated : _encoded);
            _versions.AddRange(spec.Constants.Where(constant => constant.Kind == ValueKind.Integer && SizeVersion().IsMatch(constant.Name))
                .Select(constant => (SizeVersion().Replace(constant.Name, "").ToLowerInvariant(), (long)constant.Integer)));
        }
    }

    /// <summary>Whether the code behind an ioctl takes every size of its argument.</summary>
    public static bool IsNegotiated(AbiSpec spec, IoctlSpec ioctl) =>
        Negotiators.Any(core => ioctl.Type == core.Magic && spec.Header.StartsWith(core.Header, StringComparison.Ordinal));

    /// <summary>Whether a record of both sides may grow from one to the other.</summary>
    public bool May(string id, StructSpec small, StructSpec large) => !_encoded.Contains(id)
        && (_isRdma || IsVirtioConfig(id) || (_inUnions.Contains(id) && !_elsewhere.Contains(id)) || _negotiated.Contains(id)
            || CopiedBySize.Contains(id) || IsAttribute(id) || HasSize(small) || HasSize(large) || HasVersion(id, small.Size));

    /// <summary>
    /// What is a netlink attribute, an answer to AMDGPU_INFO or an item of a btrfs tree by itself: each carries a length, and what is
    /// beyond it is not there.
    /// </summary>
    private bool IsAttribute(string id) => _header switch
    {
        "linux/pkt_sched.h" => id.StartsWith("struct tc_", StringComparison.Ordinal) && id.EndsWith("stats", StringComparison.Ordinal),
        "linux/btrfs_tree.h" => id.EndsWith("_item", StringComparison.Ordinal),
        "drm/amdgpu_drm.h" => id.StartsWith("struct drm_amdgpu_info_", StringComparison.Ordinal),
        _ => _header.EndsWith("_diag.h", StringComparison.Ordinal),
    };

    /// <summary>What a device shows of itself grows with its features: the virtio specification has drivers read by offset.</summary>
    private static bool IsVirtioConfig(string id) =>
        id.StartsWith("struct virtio_", StringComparison.Ordinal) && id.EndsWith("_config", StringComparison.Ordinal);

    private static bool HasSize(StructSpec record) => Place.Of(record).FirstOrDefault()?.Name == "len" ||
        Place.Of(record).Take(FieldsBeforeSize + 1)
            .Any(place => place.Field.Type.Kind == TypeKind.Integer && SizeFields.Contains(place.Name) && !IsSizeOfMore(place));

    /// <summary>A <c>size</c> of 64 bits is that of a file or of memory; a record tells its own in 32.</summary>
    private static bool IsSizeOfMore(Place place) => place.Name == "size" && place.Field.Type.ScalarSize > 4;

    /// <summary>Whether one of the <c>X_Y_SIZE_VER0</c> is the record's size and has a name of its words.</summary>
    private bool HasVersion(string id, long size) =>
        _versions.Exists(version => version.Size == size
            && version.Words.Split('_', StringSplitOptions.RemoveEmptyEntries).All(id.ToLowerInvariant().Contains));

    /// <summary>Which records are members of a union that has room for more, and which stand anywhere else by value.</summary>
    private void SeeUses(StructSpec record)
    {
        foreach (var field in record.Fields)
        {
            if (field.Type.IsRecord)
                (HasRoom(record, field) ? _inUnions : _elsewhere).Add(field.Type.Name);
            if (field.Inline is { } inline)
                SeeUses(inline);
        }
    }

    private static bool HasRoom(StructSpec record, FieldSpec field) =>
        RecordRules.IsUnion(record) && !field.Type.IsArray && field.Size < record.Size;

    /// <summary>A record, and those that are in it by value, but in a union that has room only if they fill it.</summary>
    private static void Hold(TypeRef type, ILookup<string, StructSpec> records, HashSet<string> held)
    {
        if (!type.IsRecord || !held.Add(type.Name))
            return;
        foreach (var record in records[type.Name])
            HoldFields(record, records, held);
    }

    private static void HoldFields(StructSpec record, ILookup<string, StructSpec> records, HashSet<string> held)
    {
        foreach (var field in record.Fields)
        {
            if (!HasRoom(record, field))
                Hold(field.Type, records, held);
            if (field.Inline is { } inline)
                HoldFields(inline, records, held);
        }
    }

    [GeneratedRegex("_SIZE_VER[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex SizeVersion();
}
