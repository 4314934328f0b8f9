using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Judging;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>
/// Builds suites of programs in the builder container, for the guest: static, without network, from copies. What was built once from the
/// same files is not built again.
/// </summary>
/// <param name="checkout">Where they go: <c>artifacts/suites/KEY</c>.</param>
/// <param name="connect">Gives the engine; called only when something has to be done.</param>
internal sealed class SuiteBuilder(Checkout checkout, Func<CancellationToken, Task<ContainerEngine>> connect)
{
    private const string Errors = "errors", Names = "programs";

    /// <summary>sysexits.h: what was given is not what it should be.</summary>
    private const int DataError = 65;
    private const int ToldLines = 12;

    /// <summary>How often a suite is built whose files change while it is.</summary>
    private const int Attempts = 3;

    /// <summary>How many that were built for earlier runs stay.</summary>
    public const int Kept = 10;

    private const string Partial = ".partial-";

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>The image that programs are built in.</summary>
    public static ImageSpec ImageOf(Checkout checkout) =>
        new("suite-builder", Path.Combine(checkout.Images, "suite-builder"), StepRunner.BuilderImage(checkout));

    /// <param name="spec">A suite of programs.</param>
    /// <param name="declared">What the kernel's variant says of it.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="kernel">The kernel; null for one that was not built here.</param>
    /// <param name="request">How it is built.</param>
    /// <exception cref="SuiteException">It does not build, or is not what its variant says.</exception>
    public async Task<BuiltSuite> BuildAsync(
        SuiteSpec spec, DeclaredSuite declared, string name, BuiltKernel? kernel, KernelRequest? request, IProgress<HarnessEvent> progress,
        CancellationToken cancellation)
    {
        var image = ImageOf(checkout);
        ImmutableArray<string> wanted = [.. declared.Programs.Values.Select(words => words[0]).Distinct(StringComparer.Ordinal)];
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var source = SuiteSource.Of(spec, kernel, request);
            var key = KeyOf(source);
            var folder = Path.Combine(checkout.Suites, key[..12]);
            bool IsSteady() => KeyOf(SuiteSource.Of(spec, kernel, request)) == key;
            if (Directory.Exists(folder))
                PhaseScope.Skip(progress, name, Phase.Payload, $"unchanged: programs of {spec.Name}");
            else if (!await BuildAsync(spec, source, wanted, image, folder, name, request, IsSteady, progress, cancellation))
                continue;
            // By its time it is known when it was needed last.
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
            _used.Add(folder);
            return new BuiltSuite(spec.Name, folder, key, ProgramsIn(folder, spec, declared))
            {
                Declared = Checked(declared, folder, spec),
                Tests = KnownTests.Read(folder),
            };
        }

        throw new SuiteException(VerdictKind.Infrastructure,
            $"--suite {spec.Name}: its files changed each of the {Attempts} times that they were built. "
            + "Run again when nothing writes to them.");

        string KeyOf(SuiteSource source) =>
            new Stamp(source.Inputs.Append(Input.Of("tools", image.Key)).Append(Input.Of("programs", string.Join('\n', wanted)))).Key;
    }

    /// <summary>
    /// Removes what runs of long ago left, as of reports the newest stay: those that this run used, and of the others the
    /// <see cref="Kept"/> that were used last. To be called under the checkout's lock.
    /// </summary>
    public void RemoveOld()
    {
        if (!Directory.Exists(checkout.Suites))
            return;
        var folders = Directory.EnumerateDirectories(checkout.Suites).Where(folder => !_used.Contains(folder))
            .ToLookup(folder => Path.GetFileName(folder).Contains(Partial, StringComparison.Ordinal));
        foreach (var folder in folders[false].OrderByDescending(Directory.GetLastWriteTimeUtc).Skip(Kept).Concat(folders[true]).ToList())
            Directory.Delete(folder, recursive: true);
    }

    /// <returns>false when its files changed meanwhile, so that nobody can say what was built.</returns>
    private async Task<bool> BuildAsync(
        SuiteSpec spec, SuiteSource source, ImmutableArray<string> wanted, ImageSpec image, string folder, string name,
        KernelRequest? request, Func<bool> isSteady, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        using var phase = new PhaseScope(
            progress, name, Phase.Payload, $"the programs of {spec.Name} are not built yet",
            checkout.LogFile(name, $"suite-{spec.Name.Replace('/', '-')}"), cancellation);
        var engine = await connect(cancellation);
        await engine.Images.EnsureAsync(image, phase.Output, cancellation);
        var steps = source.IsInVolume ? new StepRunner(engine, checkout, request!) : null;
        using var held = steps is null ? null : await steps.EnterAsync(phase, cancellation);
        var partial = $"{folder}{Partial}{Environment.ProcessId}";
        var lines = new List<string>();
        try
        {
            var exit = await engine.Containers.RunAsync(
                new ContainerSpec
                {
                    Image = image.Tag,
                    Purpose = $"suite-{name}",
                    Phase = Phase.Payload,
                    Command = ["/opt/faultline/build-suite", .. source.Words, .. wanted],
                    Environment = new Dictionary<string, string>
                    {
                        ["AREAS"] = source.Areas, ["JOBS"] = Math.Max(1, engine.Facts.Processors).ToString(CultureInfo.InvariantCulture),
                    },
                    Mounts = steps is null ? [] : [ContainerMount.OfVolume(steps.Volume, "/kernel", readOnly: true)],
                    Inputs = source.Files,
                    Outputs = [new ContainerOutput("/tmp/out", partial)],
                    Deadline = Limit,
                },
                line =>
                {
                    lines.Add(line.Text);
                    phase.Output(line.Text);
                },
                cancellation);
            if (exit.Code == DataError)
                throw new SuiteException(VerdictKind.Infrastructure, NotBuilt(spec, lines));
            if (exit.Code != 0)
            {
                throw new ContainerFailedException(
                    $"Payload: the programs of {spec.Name} could not be built (exit code {exit.Code}). Whole log: {phase.LogPath}",
                    Phase.Payload, exit.Name, exit.Code, exit.Tail);
            }

            var steady = isSteady();
            if (steady && !Directory.Exists(folder))
                Directory.Move(partial, folder);
            phase.Succeed(reason: steady ? null : "its files changed meanwhile: building again");
            return steady;
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>The compiler's own words first; without any, the last lines.</summary>
    private static string NotBuilt(SuiteSpec spec, List<string> lines)
    {
        const string mark = "faultline: ";
        var why = lines.LastOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..] ?? "no program came of it";
        var errors = lines.Where(IsError).Distinct(StringComparer.Ordinal).Take(ToldLines).ToList();
        var told = errors.Count > 0 ? errors
            : [.. lines.Where(line => !line.StartsWith(mark, StringComparison.Ordinal)).TakeLast(ToldLines)];
        return $"--suite {spec.Name}: {why}.{string.Concat(told.Select(line => $"\n  {SuitePaths.ToUsers(spec, line)}"))}";
    }

    private static bool IsError(string line) => line.Contains("error:", StringComparison.OrdinalIgnoreCase)
        || line.Contains("undefined reference", StringComparison.Ordinal)
        || line.Contains("No rule to make target", StringComparison.Ordinal);

    private static ImmutableArray<SuiteProgram> ProgramsIn(string folder, SuiteSpec spec, DeclaredSuite declared)
    {
        var built = File.ReadAllLines(Path.Combine(folder, Names)).ToHashSet(StringComparer.Ordinal);
        if (!declared.Programs.IsEmpty)
        {
            return
            [
                .. declared.Programs.Select(program => new SuiteProgram(declared.Name, program.Key, program.Value[0])
                {
                    Arguments = program.Value[1..],
                    BuildError = built.Contains(program.Value[0]) ? null : ErrorOf(folder, spec, program.Value[0]),
                }),
            ];
        }

        var failed = Directory.Exists(Path.Combine(folder, Errors))
            ? Directory.EnumerateFiles(Path.Combine(folder, Errors)).Select(file => Path.GetFileName(file)) : [];
        return
        [
            .. built.Select(program => new SuiteProgram(declared.Name, program, program))
                .Concat(failed.Select(program =>
                    new SuiteProgram(declared.Name, program, program) { BuildError = ErrorOf(folder, spec, program) }))
                .OrderBy(program => program.Name, StringComparer.Ordinal),
        ];
    }

    private static string ErrorOf(string folder, SuiteSpec spec, string program)
    {
        var file = Path.Combine(folder, Errors, program);
        if (!File.Exists(file))
            return "the suite has no program of that name";
        var lines = File.ReadAllLines(file);
        return (Array.Find(lines, IsError) ?? lines.LastOrDefault(line => line.Length > 0)) is { } said
            ? SuitePaths.ToUsers(spec, said) : "its tools do not say why";
    }

    /// <summary>What is said of a test has to be of a program that there is: a name that is misspelt would expect nothing.</summary>
    private static DeclaredSuite Checked(DeclaredSuite declared, string folder, SuiteSpec spec)
    {
        var programs = ProgramsIn(folder, spec, declared);
        var unknown = declared.Tests.FirstOrDefault(test => !programs.Any(program => DeclaredSuite.IsOf(test, program.Name)));
        return unknown is null ? declared : throw new SuiteException(
            kind: null, $"variant.toml says how '{unknown}' of the suite '{declared.Name}' comes out, and that suite has no such program; "
                + $"it has: {string.Join(", ", programs.Select(program => program.Name))}.");
    }
}
