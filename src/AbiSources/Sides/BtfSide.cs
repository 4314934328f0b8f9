using CliWrap;
using Faultline.AbiModel;
using Faultline.AbiSources.Btf;
using Faultline.AbiSources.Tools;
using Faultline.Machine;

namespace Faultline.AbiSources.Sides;

/// <summary>The types of compiled code: a vmlinux or object with BTF or DWARF, or a BTF blob such as /sys/kernel/btf/vmlinux.</summary>
/// <remarks>Read with bpftool. pahole turns DWARF into BTF first, so that there is one reader. A module's BTF holds only what it adds to its kernel's, and is refused.</remarks>
internal sealed class BtfSide : ISideKind
{
    private const string LiveFolder = "/sys/kernel/btf/", LiveKernel = LiveFolder + "vmlinux";

    public string What => "a vmlinux, an object file or BTF";

    public bool NeedsNames => true;

    public bool Takes(SideRequest request) => FileKinds.Of(request.Name) == FileKind.Regular
        && (Start(request.Name) is var start && (ElfFile.Starts(start) || IsBtf(start)));

    public async Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        if (Path.GetFullPath(request.Name) is var path && path.StartsWith(LiveFolder, StringComparison.Ordinal) && path != LiveKernel)
            throw new SideException($"{request.Name} is the BTF of a module, which holds only what the module adds to the kernel's types: name {LiveKernel}, or the module's object with DWARF.");
        var names = request.Names ?? throw new SideException(
            $"{request.Name} contains all types of a program and does not say which belong to an ABI: "
            + "compare it with a header or a model, or name one with --names-of.");
        request.Progress?.Report($"reading the types of {request.Name}");
        return new(request.Name, await ReadAsync(request.Name, names, cancellation)) { Coverage = BtfModel.Coverage };
    }

    /// <summary>The types that <paramref name="names"/> names, from a file of any of these forms.</summary>
    public static async Task<AbiSpec> ReadAsync(string path, AbiSpec names, CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("faultline-btf-");
        try
        {
            var pointerSize = IntPtr.Size;
            var btf = path;
            if (ElfFile.Starts(Start(path)))
            {
                var elf = Elf(path);
                pointerSize = elf.PointerSize;
                if (!elf.Has(".BTF"))
                    btf = await EncodeAsync(path, elf, Path.Combine(scratch.FullName, "btf"), cancellation);
            }

            return BtfModel.Read(await DumpAsync(path, btf, cancellation), names, pointerSize);
        }
        catch (FormatException exception)
        {
            throw new SideException($"{path}: {exception.Message}.", exception);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<string> EncodeAsync(string path, ElfFile elf, string target, CancellationToken cancellation)
    {
        if (!elf.Has(".debug_info"))
            throw new SideException($"{path} has neither BTF nor DWARF: its types are gone. Build it with CONFIG_DEBUG_INFO_BTF=y, or the one object with gcc -g.");
        try
        {
            await Tool.Pahole.RunAsync($"turn the DWARF of {path} into BTF", ["-J", "--btf_gen_floats", $"--btf_encode_detached={target}", path], cancellation);
        }
        catch (ToolFailedException exception)
        {
            throw new SideException($"{path} has DWARF that pahole cannot read.\n{exception.Message}", exception);
        }

        return File.Exists(target) ? target : throw new SideException($"{path}: pahole found no type in its DWARF.");
    }

    private static async Task<byte[]> DumpAsync(string path, string btf, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        try
        {
            await Tool.Bpftool.RunAsync(
                $"list the types of {path}", ["-j", "btf", "dump", "file", btf, "format", "raw"],
                PipeSource.Null, PipeTarget.ToStream(output), cancellation);
        }
        catch (ToolFailedException exception)
        {
            throw new SideException($"{path} is no BTF that bpftool reads.\n{exception.Message}", exception);
        }

        return output.ToArray();
    }

    private static ElfFile Elf(string path)
    {
        using var file = File.OpenRead(path);
        return ElfFile.Read(file);
    }

    private static byte[] Start(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[4];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever takes the file after all says why it cannot be read.
            return [];
        }
    }

    /// <summary>The magic number of struct btf_header, in either order of bytes.</summary>
    private static bool IsBtf(ReadOnlySpan<byte> start) => start.Length == 4 && (start.StartsWith<byte>([0x9f, 0xeb, 1]) || start.StartsWith<byte>([0xeb, 0x9f, 1]));
}
