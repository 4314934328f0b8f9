
namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Emits one test for the layout of each struct and union, those inside others too.</summary>
internal static class LayoutTestEmitter
{
    public const string ClassSuffix = "LayoutTests";

    private const string Field = "global::Faultline.AbiTests.Generated.FieldLayout";

    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var plans = StructEmitter.Plans(model, names).SelectMany(plan => plan.WithNested).ToList();
        if (plans.Count == 0)
            return null;
        var code = new TestClass(model, names.HeaderClass + ClassSuffix, "the size of every struct and the offset of every field");
        var scope = new NameScope(names.HeaderClass + ClassSuffix, names.HeaderClass + ClassSuffix, []);
        foreach (var plan in plans)
        {
            // A struct and a typedef may bear one name, and a dot looks like an underscore then.
            var test = CSharpName.Clean(plan.CName.Replace('.', '_'));
            var fields = string.Concat(plan.Fields.Where(_ => !plan.Overlaid).Select(field =>
                $", {Field}.Of(in record, in record.{field.Name}, {Literal.Of(field.Name.TrimStart('@'))}, "
                + $"{StructPlan.Text(field.Offset)}, {StructPlan.Text(field.Size)})"));
            var size = StructPlan.Text(plan.Record.Size);
            code.Test(scope.Give(test + "_again", test + "_has_the_layout_of_the_header"),
                $"Layout(in record, {Literal.Of(plan.CName)}, {size}, {StructPlan.Text(plan.Record.Align)}{fields})",
                record: plan.FullName);
        }
        return code.Finish();
    }
}
