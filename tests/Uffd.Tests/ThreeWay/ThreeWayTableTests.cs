using Faultline.Uffd.ThreeWay;
using Faultline.AbiModel;

namespace Faultline.Uffd.Tests.ThreeWay;

/// <summary>Three sources that agree give no contradiction; each thing wrong in one of them gives the row that names it.</summary>
public sealed class ThreeWayTableTests
{
    private static readonly AbiSpec Header = SampleSources.Header("wp-unpopulated");
    private static readonly AbiSpec Code = SampleSources.Code(Header);
    private static readonly LiveAnswers Live = SampleSources.Live(Header);

    private static readonly string[] Groups = ["features", "ioctls", "ranges", "records"];

    private static string[] Wrong(AbiSpec? header = null, AbiSpec? code = null, LiveAnswers? live = null) =>
        [.. ThreeWayTable.Of(header ?? Header, code ?? Code, live ?? Live).Mismatches.Select(row => row.ToString())];

    private static AbiSpec With(AbiSpec spec, string id, Func<StructSpec, StructSpec> change) =>
        spec with { Structs = spec.Structs.Select(record => record.Id == id ? change(record) : record).ToEquatableArray() };

    private static StructSpec With(StructSpec record, string field, Func<FieldSpec, FieldSpec> change) =>
        record with { Fields = record.Fields.Select(candidate => candidate.Name == field ? change(candidate) : candidate).ToEquatableArray() };

    [Theory]
    [InlineData("base")]
    [InlineData("wp-zeropage")]
    [InlineData("wp-unpopulated")]
    [InlineData("upstream")]
    public void A_kernel_that_keeps_to_its_header_agrees_in_every_row(string variant)
    {
        var header = SampleSources.Header(variant);
        var table = ThreeWayTable.Of(header, SampleSources.Code(header), SampleSources.Live(header));
        Assert.Empty(table.Mismatches);
        foreach (var group in Groups)
            Assert.Contains(table.Rows, row => row.Group == group);
        // Every record is known to all three, but for the one that only UFFDIO_REGISTER holds and UNREGISTER takes.
        Assert.All(table.Rows.Where(row => row is { Group: "records" } && !row.Item.Contains('.', StringComparison.Ordinal)), row => Assert.DoesNotContain(SourceRow.Silent, row.ToString(), StringComparison.Ordinal));
        Assert.Contains(table.Rows, row => row is { Item: "struct uffd_msg.arg.pagefault.feat.ptid", Header: "offset 24, 4 bytes, u32" });
    }

    [Fact]
    public void A_feature_the_kernel_does_not_offer() => Assert.Equal(
        [
            "UFFD_FEATURE_WP_UNPOPULATED: header 1 << 13, live kernel not offered",
            "UFFD_API_FEATURES: header 0x3fff, live kernel 0x1fff",
        ],
        Wrong(live: Live with { Features = 0x1fff }));

    [Fact]
    public void A_feature_the_header_does_not_name() => Assert.Equal(
        ["feature bit 20: header no name, live kernel offered", "UFFD_API_FEATURES: header 0x3fff, live kernel 0x103fff"],
        Wrong(live: Live with { Features = Live.Features | 1 << 20 }));

    [Fact]
    public void A_mode_the_header_does_not_name() =>
        Assert.Equal(["UFFD_API_REGISTER_MODES: header 0x7, live kernel 0xf"], Wrong(live: Live with { RegisterModes = 15 }));

    /// <summary>UFFDIO_RWPROTECT of Linux 7.3 is in the masks, and reported of ranges only that are registered in its mode.</summary>
    [Fact]
    public void An_ioctl_of_a_mode_that_nothing_was_registered_in_is_missed_nowhere()
    {
        var protect = Header.Ioctls.Single(ioctl => ioctl.Name == "UFFDIO_WRITEPROTECT");
        var other = protect with { Name = "UFFDIO_RWPROTECT", Number = 9, Code = (uint)(protect.Code + 9 - protect.Number) };
        var header = Header with
        {
            Ioctls = Header.Ioctls.Append(other).ToEquatableArray(),
            Constants = Header.Constants.Select(constant => !constant.Name.StartsWith("UFFD_API_RANGE_IOCTLS", StringComparison.Ordinal)
                ? constant : constant with { Value = $"{constant.Integer | 1 << 9}" }).ToEquatableArray(),
        };
        Assert.NotEqual(Header.Constants, header.Constants);
        Assert.Empty(Wrong(header, live: Live with { Requests = Live.Requests.Append(other.Code).ToEquatableArray() }));
    }

    [Fact]
    public void An_ioctl_of_the_descriptor_the_kernel_does_not_report() =>
        Assert.Equal(["UFFD_API_IOCTLS: header 0x8000000000000003, live kernel 0x3"], Wrong(live: Live with { Ioctls = 3 }));

    [Fact]
    public void A_request_the_kernel_does_not_know()
    {
        var copy = Header.Ioctls.Single(ioctl => ioctl.Name == "UFFDIO_COPY").Code;
        Assert.Equal(
            ["UFFDIO_COPY: header 0xc028aa03 (40 bytes), compiled code 40 bytes, live kernel not known"],
            Wrong(live: Live with { Requests = Live.Requests.Where(request => request != copy).ToEquatableArray() }));
    }

    [Fact]
    public void A_request_whose_argument_the_kernel_takes_in_another_size() => Assert.Equal(
        [
            "UFFDIO_COPY: header 0xc028aa03 (40 bytes), compiled code 40 bytes, live kernel 0xc030aa03 (48 bytes)",
            "struct uffdio_copy: header 40 bytes, compiled code 40 bytes, live kernel 48 bytes",
        ],
        Wrong(live: Live with { Requests = Live.Requests.Select(request => request == 0xc028aa03 ? 0xc030aa03 : request).ToEquatableArray() }));

    [Fact]
    public void A_request_without_a_name() => Assert.Equal(
        ["request 0xc018aa09: header no name, live kernel known"],
        Wrong(live: Live with { Requests = Live.Requests.Append(0xc018aa09u).ToEquatableArray() }));

    [Fact]
    public void A_device_that_is_closed_to_the_asker_contradicts_nothing() =>
        Assert.Empty(Wrong(live: Live with { DeviceRequests = default, DeviceErrno = "EACCES" }));

    [Fact]
    public void A_device_that_does_not_know_its_request() =>
        Assert.Equal(["USERFAULTFD_IOC_NEW: header 0xaa00 (0 bytes), live kernel not known"], Wrong(live: Live with { DeviceRequests = default }));

    [Theory]
    [InlineData("anon", "missing+wp", "anon, missing+wp: header 0x5c, live kernel 0x1c")]
    [InlineData("hugetlb", "wp", "hugetlb, wp: header 0x4c, live kernel 0xc")]
    public void A_range_that_takes_another_set_of_ioctls(string memory, string modes, string expected) =>
        Assert.Equal([expected], Wrong(live: Live with { Ranges = Live.Ranges.Select(range => Is(range, memory, modes) ? range with { Ioctls = range.Ioctls & ~0x40UL } : range).ToEquatableArray() }));

    [Fact]
    public void A_mode_the_features_promise_and_the_kernel_refuses() => Assert.Equal(
        ["shmem, minor: header 0x9c, live kernel EINVAL"],
        Wrong(live: Live with { Ranges = Live.Ranges.Select(range => Is(range, "shmem", "minor") ? range with { Errno = "EINVAL", Ioctls = 0 } : range).ToEquatableArray() }));

    [Fact]
    public void A_mode_no_feature_promises_and_the_kernel_takes() => Assert.Equal(
        ["anon, minor: header refused, live kernel 0x9c"],
        Wrong(live: Live with { Ranges = Live.Ranges.Select(range => Is(range, "anon", "minor") ? range with { Errno = "", Ioctls = 0x9c } : range).ToEquatableArray() }));

    [Fact]
    public void Memory_the_machine_does_not_have_contradicts_nothing() => Assert.Empty(Wrong(live: Live with
    {
        Ranges = Live.Ranges.Where(range => range.Memory != "hugetlb").ToEquatableArray(), Unmapped = EquatableArray.Of("hugetlb"),
    }));

    [Fact]
    public void A_message_of_another_size() =>
        Assert.Equal(["struct uffd_msg: header 32 bytes, compiled code 32 bytes, live kernel 40 bytes"], Wrong(live: Live with { MessageSize = 40 }));

    [Fact]
    public void A_field_that_stands_elsewhere_in_the_compiled_code() => Assert.Equal(
        ["struct uffdio_copy.mode: header offset 24, 8 bytes, u64, compiled code offset 32, 8 bytes, u64"],
        Wrong(code: With(Code, "struct uffdio_copy", record => With(record, "mode", field => field with { Offset = 32 }))));

    [Fact]
    public void A_field_deep_inside_that_has_another_type() => Assert.Equal(
        ["struct uffd_msg.arg.fork.ufd: header offset 8, 4 bytes, u32, compiled code offset 8, 4 bytes, s32"],
        Wrong(code: With(Code, "struct uffd_msg", message => With(message, "arg", arg => arg with
        {
            Inline = With(arg.Inline!, "fork", fork => fork with { Inline = With(fork.Inline!, "ufd", ufd => ufd with { Type = TypeRef.Integer(4, signed: true) }) }),
        }))));

    [Fact]
    public void Fields_that_only_one_of_them_has() => Assert.Equal(
        [
            "struct uffdio_range.len: header offset 8, 8 bytes, u64, compiled code no such field",
            "struct uffdio_range.length: header no such field, compiled code offset 8, 8 bytes, u64",
        ],
        Wrong(code: With(Code, "struct uffdio_range", record => With(record, "len", field => field with { Name = "length" }))));

    [Fact]
    public void A_record_of_another_size_also_contradicts_its_request() => Assert.Equal(
        [
            "UFFDIO_ZEROPAGE: header 0xc020aa04 (32 bytes), compiled code 40 bytes, live kernel 0xc020aa04 (32 bytes)",
            "struct uffdio_zeropage: header 32 bytes, compiled code 40 bytes, live kernel 32 bytes",
        ],
        Wrong(code: With(Code, "struct uffdio_zeropage", record => record with { Size = 40 })));

    [Fact]
    public void A_record_that_the_code_does_not_use_contradicts_nothing() =>
        Assert.Empty(Wrong(code: Code with { Structs = Code.Structs.Where(record => record.Id != "struct uffdio_copy").ToEquatableArray() }));

    [Fact]
    public void Code_without_any_record_of_the_header_is_no_agreement() =>
        Assert.Equal([$"records of the header: header {Header.Structs.Count} records, compiled code none of them"], Wrong(code: Code with { Structs = default }));

    [Fact]
    public void Dimensions_are_compared_as_far_as_debug_information_has_them()
    {
        static AbiSpec Grid(params long[] dimensions) => new()
        {
            Structs = EquatableArray.Of(new StructSpec
            {
                Name = "grid", Size = 32, Align = 4,
                Fields = EquatableArray.Of(new FieldSpec { Name = "cells", Size = 32, Type = TypeRef.Integer(4, signed: false) with { Dimensions = dimensions.ToEquatableArray() } }),
            }),
        };
        Assert.Empty(ThreeWayTable.Of(Grid(4, 2), Grid(8), new()).Mismatches);
        Assert.Single(ThreeWayTable.Of(Grid(4, 2), Grid(9), new()).Mismatches);
    }

    private static bool Is(LiveRange range, string memory, string modes) => range.Memory == memory && string.Join('+', range.Modes) == modes;
}
