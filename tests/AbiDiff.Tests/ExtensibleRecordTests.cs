using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Records that grow at their end: by agreement, or against it.</summary>
public sealed class ExtensibleRecordTests
{
    private static StructSpec Record(string name, params string[] fields) => new()
    {
        Name = name,
        Size = fields.Length * 4,
        Align = 4,
        Fields = fields.Select((field, index) => Field(field, U32, index * 4)).ToEquatableArray(),
    };

    private static string[] Kinds(AbiSpec old, AbiSpec current) =>
        [.. AbiDiffer.Compare(old, current).Where(change => change.Kind.Id != "constant-added").Select(change => change.Kind.Id)
            .Order(StringComparer.Ordinal)];

    private static void Extends(AbiSpec old, AbiSpec current)
    {
        Assert.Equal(["record-extended"], Kinds(old, current));
        Assert.Equal(["record-truncated"],
            [.. AbiDiffer.Compare(current, old).Where(change => change.Kind.Id != "constant-removed").Select(change => change.Kind.Id)]);
    }

    [Theory]
    [InlineData("size", "type")]
    [InlineData("argsz", "flags")]
    [InlineData("type", "size")]
    public void A_size_in_front_allows_it(string first, string second) =>
        Extends(Records(Record("x", first, second)), Records(Record("x", first, second, "more", "and_more")));

    /// <summary>That of a file, of memory or of a device: nobody tells a record's in 64 bits.</summary>
    [Theory]
    [InlineData("size", 8, false)]
    [InlineData("size", 4, true)]
    [InlineData("argsz", 8, true)]
    [InlineData("usize", 8, true)]
    public void A_size_of_64_bits_is_that_of_something_else(string name, int bytes, bool mayGrow)
    {
        StructSpec File(params FieldSpec[] more) => new()
        {
            Name = "x", Size = 16 + (more.Length * 8), Align = 8,
            Fields = more.Prepend(Field("mode", U64, 8)).Prepend(Field(name, TypeRef.Integer(bytes, signed: false), 0)).ToEquatableArray(),
        };
        Assert.Equal(mayGrow ? ["record-extended"] : ["field-appended", "struct-resized"],
            Kinds(Records(File()), Records(File(Field("more", U64, 16)))));
    }

    [Fact]
    public void A_size_of_each_version_allows_it() => Extends(
        Records(Record("fs_event_attr", "type", "mode")) with { Constants = EquatableArray.Of(Constant("FS_EVENT_SIZE_VER0", "8")) },
        Records(Record("fs_event_attr", "type", "mode", "more")) with
        {
            Constants = EquatableArray.Of(Constant("FS_EVENT_SIZE_VER0", "8"), Constant("FS_EVENT_SIZE_VER1", "12")),
        });

    [Fact]
    public void Another_record_s_versions_do_not() => Assert.Equal(["field-appended", "struct-resized"], Kinds(
        Records(Record("net_attr", "type", "mode")) with { Constants = EquatableArray.Of(Constant("FS_EVENT_SIZE_VER0", "8")) },
        Records(Record("net_attr", "type", "mode", "more")) with { Constants = EquatableArray.Of(Constant("FS_EVENT_SIZE_VER0", "8")) }));

    [Theory]
    [InlineData("linux/pkt_sched.h", "tc_fq_qd_stats")]
    [InlineData("linux/smc_diag.h", "smcd_diag_dmbinfo")]
    [InlineData("linux/btrfs_tree.h", "btrfs_qgroup_status_item")]
    [InlineData("drm/amdgpu_drm.h", "drm_amdgpu_info_device")]
    [InlineData("linux/if_xdp.h", "xdp_umem_reg")]
    public void A_length_beside_it_allows_it(string header, string name) => Extends(
        Records(Record(name, "flags", "mode")) with { Header = header },
        Records(Record(name, "flags", "mode", "more")) with { Header = header });

    [Theory]
    [InlineData("linux/pkt_sched.h", "tc_fq_opt")]
    [InlineData("linux/btrfs_tree.h", "btrfs_key")]
    [InlineData("drm/amdgpu_drm.h", "drm_amdgpu_bo_list_in")]
    public void Beside_others_of_the_header_stands_none(string header, string name) => Assert.Equal(
        ["field-appended", "struct-resized"], Kinds(Records(Record(name, "flags", "mode")) with { Header = header },
            Records(Record(name, "flags", "mode", "more")) with { Header = header }));

    [Fact]
    public void The_system_call_s_size_allows_it() =>
        Extends(Records(Record("open_how", "flags", "mode")), Records(Record("open_how", "flags", "mode", "more")));

    [Fact]
    public void Commands_of_rdma_drivers_are_copied_by_size() => Extends(
        Records(Record("x_req", "a")) with { Header = "rdma/x-abi.h" },
            Records(Record("x_req", "a", "b")) with { Header = "rdma/x-abi.h" });

    [Fact]
    public void Room_in_the_union_around_allows_it()
    {
        static AbiSpec Union8(params string[] fields) => Union(16, Inline("create", Record("", fields)), Field("raw", U64, 0));
        Extends(Union8("a"), Union8("a", "b"));
    }

    [Fact]
    public void Nothing_allows_it_where_an_ioctl_encodes_the_size()
    {
        static AbiSpec Spec(params string[] fields) =>
            Ioctl("X_GET", size: fields.Length * 4, argument: "struct x") with { Structs = EquatableArray.Of(Record("x", fields)) };
        Assert.Equal(["field-appended", "ioctl-size-changed", "struct-resized"], Kinds(Spec("size", "a"), Spec("size", "a", "b")));
    }

    [Fact]
    public void Nothing_allows_it_inside_of_an_argument()
    {
        static AbiSpec Spec(params string[] fields)
        {
            var inner = Record("inner", fields);
            var outer = new StructSpec
            {
                Name = "outer", Size = 64, Align = 4,
                    Fields = EquatableArray.Of(Field("in", new(TypeKind.Record, "struct inner", default), 0) with { Size = inner.Size }),
            };
            return Ioctl("X_GET", size: 64, argument: "struct outer") with { Structs = EquatableArray.Of(inner, outer) };
        }
        Assert.Equal(["field-appended", "struct-resized"], Kinds(Spec("size", "a"), Spec("size", "a", "b")));
    }

    [Fact]
    public void A_core_that_goes_by_the_number_allows_it()
    {
        static AbiSpec Spec(params string[] fields) =>
            Ioctl("DRM_X", size: fields.Length * 4, argument: "struct drm_x", magic: 'd') with { Header = "drm/x_drm.h",
                Structs = EquatableArray.Of(Record("drm_x", fields)) };
        Assert.Equal(["ioctl-size-negotiated", "record-extended"], Kinds(Spec("a"), Spec("a", "b")));
    }

    [Fact]
    public void A_field_that_moved_is_no_growth() =>
        Assert.Contains("field-moved", Kinds(Records(Record("x", "size", "a")), Records(Record("x", "size", "new", "a"))));

    [Fact]
    public void Without_an_agreement_it_breaks() =>
        Assert.Equal(["field-appended", "struct-resized"], Kinds(Records(Record("x", "a")), Records(Record("x", "a", "b"))));
}
