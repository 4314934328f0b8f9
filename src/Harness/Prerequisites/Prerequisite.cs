namespace Faultline.Harness.Prerequisites;

/// <summary>Something Faultline needs, and whether this machine has it.</summary>
/// <param name="Name">For people: <c>container engine</c>.</param>
/// <param name="Satisfied">It is here and good enough.</param>
/// <param name="Required">Without it the main job cannot run; otherwise its absence only costs speed or a command.</param>
/// <param name="Found">What is here: a version, a path, an amount; or what is missing.</param>
/// <param name="Advice">What to do; null when satisfied.</param>
internal sealed record Prerequisite(string Name, bool Satisfied, bool Required, string Found, string? Advice)
{
    public static Prerequisite Ok(string name, string found, bool required = true) => new(name, true, required, found, null);

    public static Prerequisite Miss(string name, string found, string advice, bool required = true) => new(name, false, required, found, advice);
}
