using Faultline.AbiDiff;
using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiExtractor.Stages;
using Faultline.AbiModel;

// Extracts headers named on standard input, one path and target a line, and answers each with one line: a process of its own, so that a
// crash of libclang is a finding of the fuzz run and not its end.
while (Console.ReadLine() is { } line)
{
    var parts = line.Split('\t');
    Console.WriteLine(Answer(parts[0], parts[1]).ReplaceLineEndings(" "));
}

static string Answer(string header, string target)
{
    try
    {
        var request = new HeaderRequest { Path = header, Target = target, TimeLimit = TimeSpan.FromSeconds(20) };
        var spec = HeaderExtractor.Extract(request);
        if (AbiFile.Parse(AbiFile.Format(spec)) != spec)
            return "bug\tthe model does not survive its file";
        if (IsReadTwice(header)
            && GuardedThread.Run(() => HeaderExtractor.Extract(SearchPath.For(request), new("")).Spec, request.TimeLimit) != spec)
            return "bug\tthe model is another one when its text is no help";
        return AbiDiffer.Compare(spec, spec).Count == 0 ? "model" : "bug\tthe model drifts from itself";
    }
    catch (ExtractionException exception)
    {
        // The compiler takes the header; what was lost are answers.
        if (exception.Message.Contains(HeaderExtractor.NotSelfContained, StringComparison.Ordinal))
            return $"bug\t{exception.Errors[0]}";
        return exception.Errors.Count > 0 && exception.Errors.All(error => error.Message.Length > 0 && error.File.Length > 0)
            ? $"refused\t{exception.Errors[0]}"
            : $"bug\trefused without a place: {exception.Message}";
    }
    catch (Exception exception)
    {
        return $"bug\t{exception}";
    }
}

// Each reading takes as long as the first one: a quarter of them is read without the guess at their macros too.
static bool IsReadTwice(string header) => new FileInfo(header).Length % 4 == 0;
