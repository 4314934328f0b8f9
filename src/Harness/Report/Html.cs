using System.Net;
using System.Text;
using Faultline.Harness.Argument;
using Faultline.Harness.Judging;

namespace Faultline.Harness.Report;

/// <summary>Builds HTML in which everything a guest or a series said goes through <see cref="Text"/>.</summary>
internal sealed class Html
{
    private readonly StringBuilder _builder = new();

    /// <summary>Markup written in this source tree; never data.</summary>
    public Html Raw(string markup)
    {
        _builder.Append(markup);
        return this;
    }

    /// <summary>Data, escaped for element content and for quoted attributes alike.</summary>
    public Html Text(string data)
    {
        _builder.Append(WebUtility.HtmlEncode(data));
        return this;
    }

    public Html Badge(VerdictKind verdict)
    {
        var look = verdict switch
        {
            VerdictKind.Pass => "pass",
            VerdictKind.Vacuous or VerdictKind.Infrastructure or VerdictKind.AbiDrift => "warn",
            _ => "bad",
        };
        return Raw($"<span class=\"badge {look}\">").Text(verdict.Name()).Raw("</span>");
    }

    public Html Standing(JudgedStatement statement)
    {
        var look = statement switch
        {
            { Standing: Argument.Standing.Holds } => "pass",
            { Standing: Argument.Standing.DoesNotHold, Otherwise: null } => "bad",
            _ => "warn",
        };
        return Raw($"<span class=\"badge {look}\">").Text(statement.Word).Raw("</span>");
    }

    /// <summary>Nothing where there is none.</summary>
    public Html Severity(Severity? severity)
    {
        var look = severity switch
        {
            Argument.Severity.DataLoss or Argument.Severity.Hang => "bad",
            Argument.Severity.SpuriousEvents or Argument.Severity.Memory or Argument.Severity.Time => "warn",
            _ => "plain",
        };
        return severity is { } grave ? Raw($"<span class=\"badge {look}\">").Text(grave.Word()).Raw("</span>") : this;
    }

    public Html Excerpt(string? excerpt) =>
        string.IsNullOrWhiteSpace(excerpt) ? this : Raw("<pre>").Text(excerpt).Raw("</pre>");

    /// <summary>Nothing when there are no lines.</summary>
    public Html List(IEnumerable<string> lines, string look = "reasons")
    {
        var list = lines.ToList();
        if (list.Count == 0)
            return this;
        Raw($"<ul class=\"{look}\">");
        foreach (var line in list)
            Raw("<li>").Text(line).Raw("</li>");
        return Raw("</ul>");
    }

    public override string ToString() => _builder.ToString();
}
