using System.Text;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;
using Faultline.AbiSources.Btf;

namespace Faultline.AbiSources.Tests.Btf;

/// <summary>The reader on a recorded dump; nothing but the file is needed.</summary>
public sealed class BtfModelTests
{
    private static readonly string Fixtures = Path.Combine(Repository.Root, "tests", "Fixtures");
    private static readonly byte[] Dump = File.ReadAllBytes(Path.Combine(Fixtures, "btf", "records.btf.json"));
    private static readonly AbiSpec Header = AbiFile.Parse(File.ReadAllText(Path.Combine(Fixtures, "headers", "c", "records.abi.json")));

    private static AbiSpec Read(WantedTypes wanted) => new BtfTranslator(BtfTypes.Parse(Dump), pointerSize: 8).AddTo(new AbiSpec(), wanted);

    private static StructSpec Record(string id) => Assert.Single(Read(new([id], [], [])).Structs, record => record.Id == id);

    private static string Field(StructSpec record, string name)
    {
        var field = Assert.Single(record.Fields, field => field.Name == name);
        return field.BitWidth is { } width ? $"{field.Type} bit {field.BitOffset}, {width} bits" : $"{field.Type} at {field.Offset}, {field.Size} bytes";
    }

    [Fact]
    public void Header_and_compiled_code_agree_as_far_as_both_can_tell()
    {
        var code = new AbiSide("records.o", BtfModel.Read(Dump, Header)) { Coverage = BtfModel.Coverage };
        var changes = AbiDiff.AbiDiffer.Compare(new AbiSide("records.h", Header), code, out var omitted);
        Assert.Empty(changes);
        // The compiler dropped a typedef that only another typedef uses; everything else is compared.
        Assert.DoesNotContain(omitted, omission => omission.What == "structs and unions");
        Assert.Equal(Header.Structs.Select(record => record.Id), code.Spec.Structs.Select(record => record.Id));
    }

    [Fact]
    public void Only_what_is_asked_for_and_what_that_holds_is_read() =>
        Assert.Equal(["struct arrays", "struct plain"], Read(new(["struct arrays"], [], [])).Structs.Select(record => record.Id));

    [Fact]
    public void Bit_fields_keep_their_first_bit_and_width()
    {
        var bits = Record("struct bits");
        Assert.Equal("u32 bit 0, 3 bits", Field(bits, "low"));
        Assert.Equal("s32 bit 3, 5 bits", Field(bits, "negative"));
        Assert.Equal("u64 bit 12, 40 bits", Field(bits, "wide"));
        Assert.Equal("u8 bit 64, 1 bits", Field(bits, "last"));
    }

    [Fact]
    public void Members_without_a_name_hold_theirs()
    {
        var nested = Record("struct nested");
        var anonymous = nested.Fields[0];
        Assert.Equal(("", RecordKind.Union), (anonymous.Name, anonymous.Inline!.Kind));
        Assert.Equal("u16 at 2, 2 bytes", Field(anonymous.Inline.Fields[1].Inline!, "high"));
        Assert.Equal("bool at 24, 1 bytes", Field(nested, "flag"));
        Assert.Equal("s8 at 25, 1 bytes", Field(nested, "character"));
        Assert.Equal("opaque16 at 32, 16 bytes", Field(nested, "opaque"));
    }

    [Fact]
    public void Arrays_have_their_elements_and_a_flexible_one_has_none()
    {
        var arrays = Record("struct arrays");
        Assert.Equal("u16[3] at 0, 6 bytes", Field(arrays, "one"));
        Assert.Equal("u32[8] at 8, 32 bytes", Field(arrays, "two"));
        Assert.Equal("inline[2] at 72, 16 bytes", Field(arrays, "pairs"));
        Assert.Equal("u8[] at 88, 0 bytes", Field(arrays, "rest"));
    }

    [Fact]
    public void Packing_is_seen_where_an_offset_gives_it_away()
    {
        Assert.True(Record("struct packed_one") is { Packed: true, Align: 1, Size: 9 });
        Assert.True(Record("struct plain") is { Packed: false, Align: 8, Size: 16 });
    }

    [Fact]
    public void A_record_that_only_a_typedef_names_carries_that_name()
    {
        var point = Record("typedef point_t");
        Assert.Equal(("point_t", false, 8), (point.Name, point.Tagged, (int)point.Size));
        Assert.Equal("typedef point_t at 0, 8 bytes", Field(Record("struct with_typedefs"), "point"));
    }

    [Theory]
    [InlineData("enum small", "u32", "SMALL_NONE=0 SMALL_ONE=1")]
    [InlineData("enum negative", "s32", "NEGATIVE=-5 POSITIVE=7")]
    [InlineData("enum large", "u64", "LARGE=9223372036854775808")]
    [InlineData("typedef enum named_by_typedef", "u32", "ONLY_TYPEDEF=3")]
    [InlineData("enum with NAMELESS", "u32", "NAMELESS=9")]
    public void Enums_of_every_width_and_sign(string id, string type, string members)
    {
        var found = Assert.Single(Read(new([], [id], [])).Enums);
        Assert.Equal((id, type), (found.Id, found.Type.ToString()));
        Assert.Equal(members, string.Join(' ', found.Members.Select(member => $"{member.Name}={member.Value}")));
    }

    [Fact]
    public void Typedefs_are_reduced_to_what_they_are()
    {
        var typedefs = Read(new([], [], ["handle_t", "handles_t", "callback_t"])).Typedefs;
        Assert.Equal(["callback_t void 0", "handle_t u32 4", "handles_t u32[4] 16"], typedefs.Select(item => $"{item.Name} {item.Type} {item.Size}"));
    }

    [Fact]
    public void What_the_code_does_not_have_is_left_out() => Assert.Empty(Read(new(["struct nobody"], ["enum nobody"], ["nobody"])).Structs);

    [Fact]
    public void Two_types_of_one_name_are_told()
    {
        const string twice = """{"types":[{"id":1,"kind":"STRUCT","name":"x","size":4,"vlen":0,"members":[]},{"id":2,"kind":"STRUCT","name":"x","size":8,"vlen":0,"members":[]}]}""";
        var spec = new BtfTranslator(BtfTypes.Parse(Encoding.UTF8.GetBytes(twice)), 8).AddTo(new AbiSpec(), new(["struct x"], [], []));
        Assert.Equal(("struct x", 4), (Assert.Single(spec.Structs).Id, (int)spec.Structs[0].Size));
        Assert.Equal("struct x", Assert.Single(spec.Unresolved).Name);
    }

    [Theory]
    [InlineData("", "not the types")]
    [InlineData("{", "not the types")]
    [InlineData("""{"types":[{"id":7,"kind":"INT"}]}""", "not the types")]
    [InlineData("""{"types":[{"id":1,"kind":"INT"},{"id":1,"kind":"INT"}]}""", "same number")]
    [InlineData("""{"types":[{"id":1,"kind":"STRUCT","name":"x","members":[{"name":"a","type_id":9}]}]}""", "refers to type 9")]
    [InlineData("""{"types":[{"id":1,"kind":"STRUCT","name":"x","members":[{"name":"a","type_id":2}]},{"id":2,"kind":"CONST","type_id":2}]}""", "in a circle")]
    [InlineData("""{"types":[{"id":1,"kind":"STRUCT","name":"x","members":[{"name":"a","type_id":1}]}]}""", "hold each other")]
    [InlineData("""{"types":[{"id":1,"kind":"STRUCT","name":"x","members":[{"name":"a","type_id":2}]},{"id":2,"kind":"ARRAY","type_id":2,"nr_elems":2}]}""", "hold each other")]
    public void A_dump_that_contradicts_itself_is_refused(string dump, string complaint)
    {
        var problem = Assert.Throws<FormatException>(() => BtfModel.Read(Encoding.UTF8.GetBytes(dump), Header with { Structs = EquatableArray.Of(new StructSpec { Name = "x" }) }));
        Assert.Contains(complaint, problem.Message, StringComparison.Ordinal);
    }
}
