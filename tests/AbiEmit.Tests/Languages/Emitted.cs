using Faultline.AbiEmit.Languages;
using Faultline.AbiEmit.Native;
using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests.Languages;

/// <summary>Models of headers, and what is written of them.</summary>
internal static class Emitted
{
    /// <summary>Headers that every language is tried with: unions, bit-fields, flexible arrays, packed records and big enums.</summary>
    public static TheoryData<string> Headers { get; } = Environment.GetEnvironmentVariable("FAULTLINE_EMIT") == "all"
        ? [.. new[] { "linux", "drm", "rdma", "sound", "scsi", "mtd", "misc", "video", "asm-generic" }
            .Select(name => $"/usr/include/{name}").Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.h", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)]
        : [
            .. new[] { "userfaultfd", "kvm", "nl80211", "bpf", "fuse", "io_uring", "input", "tcp", "android/binder" }
                .Select(name => $"/usr/include/linux/{name}.h"),
            .. new[] { "records", "macros", "names", "ioctls", "requests", "languages" }
                .Select(name => $"tests/Fixtures/headers/c/{name}.h"),
        ];

    /// <summary>The model of a header, or null when it is no C on its own.</summary>
    public static AbiSpec? Model(string header, string? target = null, params string[] includes)
    {
        try
        {
            return HeaderExtractor.Extract(new()
            {
                Path = Path.Combine(Repository.Root, header), Target = target, IncludeDirectories = includes,
            });
        }
        catch (ExtractionException) when (header.StartsWith('/'))
        {
            return null;
        }
    }

    public static string In(string language, AbiSpec spec, string? package = null) =>
        Language.All.Single(each => each.Name == language).Emit(spec, new("", Part: false) { Package = package });
}
