using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>Takes from the headers that one side includes what the other side has itself: a program gets it all the same.</summary>
internal static class Adoption
{
    /// <param name="own">What stands in the side's header itself.</param>
    /// <param name="elsewhere">What stands in those that it includes.</param>
    /// <param name="other">What stands in the other side's header.</param>
    /// <returns>The model with what was missing, and where each of it stands.</returns>
    public static (AbiSpec Spec, IReadOnlyList<(string Name, string Header)> Moved) Of(AbiSpec own, AbiSpec elsewhere, AbiSpec other)
    {
        HashSet<string> has = [.. Names(own)], missing = [.. Names(other)];
        missing.ExceptWith(has);
        var moved = new List<(string, string)>();
        var locations = elsewhere.Locations.Concat(elsewhere.Unresolved.Select(item => new LocationSpec { Name = item.Name, At = item.At }))
            .DistinctBy(location => location.Name).ToDictionary(location => location.Name, location => location.At, StringComparer.Ordinal);
        EquatableArray<T> Adopt<T>(EquatableArray<T> mine, EquatableArray<T> theirs, Func<T, string> name,
            Func<T, IEnumerable<string>>? members = null)
            where T : IEquatable<T>
        {
            var adopted = theirs.Where(item => missing.Contains(name(item))
                || (members is not null && !has.Contains(name(item)) && members(item).Any(missing.Contains))).ToList();
            moved.AddRange(adopted.Where(item => missing.Contains(name(item)))
                .Select(item => (name(item), HeaderLine.Header(locations.GetValueOrDefault(name(item), "")))));
            return adopted.Count == 0 ? mine : mine.Concat(adopted).ToEquatableArray();
        }
        var spec = own with
        {
            Structs = Adopt(own.Structs, elsewhere.Structs, record => record.Id),
            Enums = Adopt(own.Enums, elsewhere.Enums, item => item.Id, item => item.Members.Select(member => member.Name)),
            Typedefs = Adopt(own.Typedefs, elsewhere.Typedefs, item => "typedef " + item.Name),
            Constants = Adopt(own.Constants, elsewhere.Constants, constant => constant.Name),
            Ioctls = Adopt(own.Ioctls, elsewhere.Ioctls, ioctl => ioctl.Name),
            Unresolved = Adopt(own.Unresolved, elsewhere.Unresolved, item => item.Name),
        };
        return (spec, moved);
    }

    private static IEnumerable<string> Names(AbiSpec spec) => spec.Structs.Select(record => record.Id)
        .Concat(spec.Enums.Select(item => item.Id))
        .Concat(spec.Enums.SelectMany(item => item.Members).Select(member => member.Name))
        .Concat(spec.Typedefs.Select(item => "typedef " + item.Name))
        .Concat(spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)).Select(constant => constant.Name))
        .Concat(spec.Ioctls.Select(ioctl => ioctl.Name))
        .Concat(spec.Unresolved.Select(item => item.Name));
}
