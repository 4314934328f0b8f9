namespace Faultline.Harness.Kconfig;

/// <summary>One definition of an option; an option may have several.</summary>
/// <param name="Symbol">Without <c>CONFIG_</c>.</param>
/// <param name="File">Path inside the tree.</param>
/// <param name="Line">Counted from 1.</param>
internal sealed record KconfigDefinition(string Symbol, string File, int Line)
{
    /// <summary>What must hold: its own "depends on" lines and those of the menus, ifs and choices around it.</summary>
    public List<KconfigExpression> Dependencies { get; } = [];

    /// <summary>The condition under which a person may set it; null when it has no prompt.</summary>
    public List<KconfigExpression> PromptConditions { get; } = [];

    public bool HasPrompt { get; set; }

    /// <summary>What this option switches on by itself: target and condition.</summary>
    public List<(string Target, KconfigExpression? Condition)> Selects { get; } = [];
}
