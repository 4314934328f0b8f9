using System.Reflection;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiExtractor;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Tests;

/// <summary>What the generated code is at run time: sizes, offsets, bits, values, and the calls its tests make.</summary>
public sealed class RunTimeTests
{
    [Theory]
    [InlineData("base")]
    [InlineData("upstream")]
    [InlineData("records")]
    [InlineData("macros")]
    [InlineData("ioctls")]
    [InlineData("names")]
    public void Generated_code_is_laid_out_as_the_model_says(string name)
    {
        var text = name is "base" or "upstream" ? Repository.Variant(name) : Repository.Fixture(name);
        Assert.Equal(Facts(AbiFile.Parse(text)), Answers(text));
    }

    private static Dictionary<string, string> Facts(AbiSpec spec) => Fact.Of(spec).Where(fact => CSharpForm.Has(fact, spec)).ToDictionary(fact => fact.Key, fact => fact.Value);

    /// <summary>A model of any machine gives C# that has its numbers; on this one the bits of a big-endian record are numbered as that record's are there.</summary>
    [Theory]
    [InlineData("i386-linux-gnu")]
    [InlineData("aarch64-linux-gnu")]
    [InlineData("arm-linux-gnueabihf")]
    [InlineData("riscv64-linux-gnu")]
    [InlineData("mips-linux-gnu")]
    [InlineData("powerpc64le-linux-gnu")]
    [InlineData("s390x-linux-gnu")]
    [Trait("needs", "libclang")]
    public void Generated_code_of_other_machines_is_laid_out_as_their_models_say(string target)
    {
        foreach (var name in new[] { "records", "names" })
        {
            var spec = HeaderExtractor.Extract(new() { Path = Path.Combine(Repository.Root, "tests", "Fixtures", "headers", "c", name + ".h"), Target = target });
            Assert.Equal(Facts(spec), Answers(AbiFile.Format(spec)));
        }
    }

    /// <summary>The C compiler tells the layout of the kernel's header, C# that of the generated types; the two lists are one.</summary>
    [Theory]
    [InlineData("base", "linux-6.1")]
    [InlineData("upstream", "linux-6.12")]
    public async Task Generated_code_agrees_with_the_C_compiler(string variant, string kernel)
    {
        var headers = Path.Combine(Repository.Root, "tests", "Fixtures", "headers", kernel);
        var facts = Fact.Of(AbiFile.Parse(Repository.Variant(variant))).ToList();
        var directory = Directory.CreateTempSubdirectory("faultline-abi-").FullName;
        try
        {
            var (header, binary) = (Path.Combine(headers, "linux", "userfaultfd.h"), Path.Combine(directory, "userfaultfd.o"));
            var (compiler, complaint) = await CProbe.Ask(
                "gcc", ["-isystem", headers], header, facts, binary, TestContext.Current.CancellationToken);
            Assert.Equal("", complaint);
            var csharp = Answers(Repository.Variant(variant));
            var shared = compiler.Where(answer => !answer.Key.StartsWith("alignof ", StringComparison.Ordinal)).ToDictionary();
            Assert.Equal(shared, csharp);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Generated_tests_call_their_checks_with_the_models_numbers()
    {
        var calls = Calls(Repository.Variant("upstream"));
        Assert.Contains("Layout uffdio_range 16 8 16 (Start, 0, 8) (Len, 8, 8)", calls);
        Assert.Contains("IoctlCode UFFDIO_MOVE c028aa05 c028aa05 40", calls);
        Assert.Contains("FeatureNegotiates UFFD_FEATURE_WP_UNPOPULATED 2000", calls);
        Assert.Contains(calls, call => call.StartsWith("MisuseUnknownModeBits", StringComparison.Ordinal) && call.Contains("Name = UFFDIO_WRITEPROTECT,", StringComparison.Ordinal)
            && call.Contains("RangeStartOffset = 0, RangeLengthOffset = 8, ModeOffset = 16, ModeSize = 8, KnownModes = 3", StringComparison.Ordinal));
        Assert.Contains(calls, call => call.StartsWith("MisuseUnaligned", StringComparison.Ordinal) && call.Contains("Name = UFFDIO_COPY,", StringComparison.Ordinal)
            && call.Contains("RangeStartOffset = 0, RangeLengthOffset = 16,", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.StartsWith("MisuseBeforeHandshake", StringComparison.Ordinal) && call.Contains("Name = UFFDIO_API,", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.StartsWith("MisuseZeroLength", StringComparison.Ordinal) && call.Contains("Name = USERFAULTFD_IOC_NEW,", StringComparison.Ordinal));
    }

    [Fact]
    public void New_feature_and_new_ioctl_have_their_tests_with_no_hand_edit()
    {
        var before = AbiFile.Parse(Repository.Variant("base"));
        var features = before.Flags.Single(group => group.Name == "UFFD_FEATURE");
        var grown = features with
        {
            Members = features.Members.Append(features.Members[0] with { Name = "UFFD_FEATURE_BRAND_NEW", Type = TypeRef.Integer(8, signed: false), Value = "1099511627776" }).ToEquatableArray(),
        };
        var ioctl = before.Ioctls.Single(item => item.Name == "UFFDIO_CONTINUE") with { Name = "UFFDIO_BRAND_NEW", Number = 9, Code = 0xc020aa09 };
        var after = before with
        {
            Flags = before.Flags.Select(group => group.Name == features.Name ? grown : group).ToEquatableArray(),
            Ioctls = before.Ioctls.Append(ioctl).ToEquatableArray(),
        };
        var added = Calls(AbiFile.Format(after)).Except(Calls(AbiFile.Format(before))).Select(call => string.Join(' ', call.Split(' ').Take(5))).Order(StringComparer.Ordinal);
        Assert.Equal(
        [
            "FeatureNegotiates UFFD_FEATURE_BRAND_NEW 10000000000",
            "IoctlCode UFFDIO_BRAND_NEW c020aa09 c020aa09 32",
            "MisuseBeforeHandshake IoctlCase { Name =",
            "MisuseUnaligned IoctlCase { Name =",
            "MisuseUnknownModeBits IoctlCase { Name =",
            "MisuseWrongFd IoctlCase { Name =",
            "MisuseZeroLength IoctlCase { Name =",
        ], added);
    }

    [Fact]
    public void Bit_fields_keep_their_neighbours()
    {
        var type = GeneratorRun.Of(new ModelFile(Repository.Fixture("records"))).Load().GetType("Sample.Abi.Bits")!;
        var record = Activator.CreateInstance(type)!;
        type.GetProperty("Low")!.SetValue(record, 5u);
        type.GetProperty("Wide")!.SetValue(record, 0xABCDEF0123UL);
        type.GetProperty("Negative")!.SetValue(record, -3);
        type.GetProperty("Last")!.SetValue(record, (byte)1);
        Assert.Equal((5u, 0xABCDEF0123UL, -3, (byte)1), (type.GetProperty("Low")!.GetValue(record), type.GetProperty("Wide")!.GetValue(record),
            type.GetProperty("Negative")!.GetValue(record), type.GetProperty("Last")!.GetValue(record)));
    }

    internal static Dictionary<string, string> Answers(string model)
    {
        var emittable = EmittableModel.Alone(AbiFile.Parse(model), new() { Namespace = "Sample.Abi" });
        var assembly = GeneratorRun.Of([CSharpProbe.Write(emittable, "Probe")], new ModelFile(model)).Load();
        return (Dictionary<string, string>)assembly.GetType("Faultline.Probe")!.GetMethod("Run")!.Invoke(null, null)!;
    }

    /// <summary>Runs every generated test and gives the calls they made.</summary>
    private static List<string> Calls(string model)
    {
        var assembly = GeneratorRun.Of([SupportStub.Source], new ModelFile(model, EmitTests: true)).Load();
        foreach (var type in assembly.GetTypes().Where(type => type.Namespace == "Sample.Abi"))
        {
            foreach (var method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public).Where(method => method.IsDefined(typeof(FactAttribute))))
                method.Invoke(Activator.CreateInstance(type), null);
        }
        return (List<string>)assembly.GetType("Faultline.AbiTests.Generated.GeneratedChecks")!.GetField("Calls")!.GetValue(null)!;
    }
}
