namespace Faultline.Tidy.Tests;

/// <summary>
/// The one list of exceptions, <c>tolerated.txt</c>: <c>RULE FILE NUMBER</c>, so many places of that file break that rule today. A number may
/// only fall: one place more is an error, and so is one place less until the list says so (<c>FAULTLINE_TIDY=shrink</c> rewrites it, and
/// never raises a number).
/// </summary>
internal static class Tolerated
{
    private static readonly string ListPath = Repository.PathOf("tests/Tidy.Tests/tolerated.txt");

    private static readonly Lock Gate = new();

    public static void Check(string rule, IEnumerable<Violation> violations)
    {
        lock (Gate)
        {
            var found = violations.GroupBy(violation => violation.File).ToDictionary(group => group.Key, group => group.ToList());
            var list = Read();
            if (Environment.GetEnvironmentVariable("FAULTLINE_TIDY") == "shrink")
                list = Shrink(list, rule, found);
            var problems = Compare(rule, found, list).ToList();
            Assert.True(problems.Count == 0, string.Join('\n', problems));
        }
    }

    private static IEnumerable<string> Compare(string rule, Dictionary<string, List<Violation>> found, Dictionary<(string Rule, string File), int> list)
    {
        foreach (var (file, places) in found)
        {
            var allowed = list.GetValueOrDefault((rule, file));
            if (places.Count > allowed)
            {
                yield return $"{rule}: {places.Count} in {file}, {allowed} tolerated. One of these is new:";
                foreach (var place in places)
                    yield return $"  {place}";
            }
        }

        foreach (var ((_, file), allowed) in list.Where(entry => entry.Key.Rule == rule))
        {
            var left = found.TryGetValue(file, out var places) ? places.Count : 0;
            if (left < allowed)
                yield return $"{rule}: {left} in {file}, {allowed} tolerated. Fine: lower it in tests/Tidy.Tests/tolerated.txt (or run this with FAULTLINE_TIDY=shrink).";
        }
    }

    private static Dictionary<(string Rule, string File), int> Shrink(
        Dictionary<(string Rule, string File), int> list, string rule, Dictionary<string, List<Violation>> found)
    {
        var shrunk = new Dictionary<(string Rule, string File), int>();
        foreach (var (key, allowed) in list)
        {
            var left = key.Rule != rule ? allowed : found.TryGetValue(key.File, out var places) ? Math.Min(places.Count, allowed) : 0;
            if (left > 0)
                shrunk[key] = left;
        }

        File.WriteAllLines(ListPath, shrunk.Select(entry => $"{entry.Key.Rule} {entry.Key.File} {entry.Value}").Order(StringComparer.Ordinal));
        return shrunk;
    }

    private static Dictionary<(string Rule, string File), int> Read() => File.ReadAllLines(ListPath)
        .Where(line => line.Length > 0)
        .Select(line => line.Split(' '))
        .ToDictionary(parts => (parts[0], string.Join(' ', parts[1..^1])), parts => int.Parse(parts[^1]));
}
