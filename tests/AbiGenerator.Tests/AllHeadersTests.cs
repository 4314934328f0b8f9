using System.Collections.Concurrent;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>C# for every uapi header of this machine: it compiles, and at run time its sizes, offsets, bits and values are the models'.</summary>
[Trait("needs", "libclang")]
public sealed class AllHeadersTests(ITestOutputHelper output)
{
    private static readonly string[] Directories = ["linux", "asm-generic", "drm", "misc", "mtd", "rdma", "regulator", "scsi", "sound", "video", "xen", "x86_64-linux-gnu/asm"];

    /// <summary>Headers compiled together; the compiler's time grows faster than their number.</summary>
    private const int Batch = 60;

    [Fact]
    public void Generated_code_is_laid_out_as_every_model_says()
    {
        var models = Extract();
        var (wrong, agreed) = (new List<string>(), 0);
        foreach (var batch in models.Chunk(Batch))
            agreed += Check(batch, wrong);
        output.WriteLine($"{models.Count} headers, {agreed} sizes, offsets, bits and values agree, {wrong.Count} do not");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {agreed + wrong.Count}\n{string.Join('\n', wrong.Take(60))}");
    }

    /// <summary>Adds what differs to <paramref name="wrong"/> and gives the number of facts that agree.</summary>
    private static int Check(AbiSpec[] models, List<string> wrong)
    {
        var run = GeneratorRun.Of(
            [.. models.Select((model, number) =>
                CSharpProbe.Write(EmittableModel.Alone(model, new() { Namespace = Namespace(number) }), $"Probe{number}"))],
            [.. models.Select((model, number) => new ModelFile(AbiFile.Format(model), Namespace(number), Path: $"h{number}.abi.json"))]);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        var assembly = run.Load();
        var agreed = 0;
        for (var number = 0; number < models.Length; number++)
        {
            var answers = (Dictionary<string, string>)assembly.GetType($"Faultline.Probe{number}")!.GetMethod("Run")!.Invoke(null, null)!;
            var facts = Fact.Of(models[number]).ToLookup(fact => fact.Key);
            bool IsTrue(KeyValuePair<string, string> answer) => facts[answer.Key].Any(fact => fact.Value == answer.Value);
            agreed += answers.Count(IsTrue);
            wrong.AddRange(answers.Where(answer => !IsTrue(answer))
                .Select(answer => $"{models[number].Header}: {answer.Key} is {string.Join(" or ", facts[answer.Key].Select(fact => fact.Value))} in the model and {answer.Value} in C#"));
            wrong.AddRange(facts.Where(fact => !answers.ContainsKey(fact.Key) && fact.Any(variant => CSharpForm.Has(variant, models[number])))
                .Select(fact => $"{models[number].Header}: {fact.Key} has no C# form"));
        }
        return agreed;
    }

    private static string Namespace(int number) => $"Abi.H{number}";

    private static List<AbiSpec> Extract()
    {
        var models = new ConcurrentBag<AbiSpec>();
        var headers = Directories.Select(name => Path.Combine("/usr/include", name)).Where(Directory.Exists)
            .SelectMany(root => Directory.GetFiles(root, "*.h", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Append(Path.Combine(HeaderSet.Kernel("c"), "languages.h"));
        Parallel.ForEach(headers, header =>
        {
            try
            {
                models.Add(HeaderExtractor.Extract(new() { Path = header }));
            }
            catch (ExtractionException)
            {
                // Headers that are no C on their own: the extractor's own cross-check holds them against gcc.
            }
        });
        return [.. models.OrderBy(model => model.Header, StringComparer.Ordinal)];
    }
}
