using System.Globalization;
using System.Numerics;
using System.Text;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Writes C# that tells sizes, offsets and values of the generated types at run time, under the keys the C probe uses.</summary>
internal static class CSharpProbe
{
    /// <param name="type">The name of the class to write, in namespace <c>Faultline</c>.</param>
    public static string Write(EmittableModel model, string type)
    {
        var names = NamePlan.For(model);
        var text = new StringBuilder($$"""
            using System.Collections.Generic;
            using System.Runtime.CompilerServices;

            namespace Faultline
            {
                public static unsafe class {{type}}
                {
                    private static readonly Dictionary<string, string> Answers = new();

                    private static void Add(string key, object value) => Answers.Add(key, System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!);

                    private static void Same(string key, object value)
                    {
                        if (Answers[key] != System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture))
                            throw new System.InvalidOperationException($"{key} is {Answers[key]} and {value}");
                    }

                    // Only addresses are taken of what lies here; nothing is read.
                    private static readonly byte* Ground = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc(1 << 20);

                    private static T* Zeroed<T>() where T : unmanaged => (T*)System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)sizeof(T));

                    private static void AddBits<T>(string key, T* record) where T : unmanaged
                    {
                        var bytes = new System.ReadOnlySpan<byte>(record, sizeof(T));
                        int first = 0, count = 0;
                        for (var i = 0; i < bytes.Length * 8; i++)
                        {
                            if ((bytes[i / 8] >> (i % 8) & 1) == 0)
                                continue;
                            if (count++ == 0)
                                first = i;
                        }
                        System.Runtime.InteropServices.NativeMemory.Free(record);
                        Add(key, $"{first}+{count}");
                    }

                    private static string Hex(string text) => System.Convert.ToHexStringLower(System.Text.Encoding.Latin1.GetBytes(text));

            """);
        var methods = new List<string>();
        foreach (var plan in StructEmitter.Plans(model, names))
        {
            methods.Add($"Struct{methods.Count}");
            text.Append($"private static void {methods[^1]}()\n{{\n");
            text.Append($"Add(\"sizeof {plan.Record.Id}\", sizeof({plan.FullName}));\n");
            Fields(text, plan, new(plan.Record.Id + ".", "", 0, plan.FullName));
            text.Append("}\n");
        }
        Values(text, model, names);
        text.Append("public static Dictionary<string, string> Run()\n{\n");
        foreach (var method in methods)
            text.Append(method).Append("();\n");
        return text.Append("Values();\nreturn Answers;\n}\n}\n}\n").ToString();
    }

    /// <summary>The way from a named record to one nested in it.</summary>
    /// <param name="Key">In C, as the keys of facts have it.</param>
    /// <param name="Access">In C#, behind a pointer to the named record.</param>
    /// <param name="Start">Bytes.</param>
    /// <param name="Root">The C# type of the named record.</param>
    private sealed record Way(string Key, string Access, long Start, string Root);

    private static void Fields(StringBuilder text, StructPlan plan, Way way)
    {
        foreach (var field in plan.Fields)
        {
            var key = way.Key + field.CName;
            text.Append(CultureInfo.InvariantCulture, $"{{ Add(\"offset {key}\", {way.Start} + ((byte*)Unsafe.AsPointer(ref (({plan.FullName}*)Ground)->{field.Name}) - Ground)); Add(\"size {key}\", sizeof({NestedName(plan, field.Type)})); }}\n");
        }
        foreach (var bits in plan.Bits)
            text.Append($"{{ var v = Zeroed<{way.Root}>(); v->{way.Access}{bits.Name} = unchecked(({bits.Type})(~0UL)); AddBits(\"bits {way.Key}{bits.CName}\", v); }}\n");
        foreach (var place in plan.Places)
            text.Append(CultureInfo.InvariantCulture, $"Add(\"offset {way.Key}{place.CName}\", {way.Start} + {plan.FullName}.{place.Name});\n");
        foreach (var nested in plan.Nested)
        {
            var field = plan.Fields.First(field => field.Type == nested.Name || plan.Arrays.Any(array => array.Name == field.Type && array.Element == nested.Name));
            var dimensions = Dimensions(plan.Record, field.CName);
            Fields(text, nested, new(
                $"{way.Key}{field.CName}{string.Concat(Enumerable.Repeat("[0]", dimensions))}.", $"{way.Access}{field.Name}{(dimensions > 0 ? "[0]" : "")}.", way.Start + field.Offset, way.Root));
        }
    }

    private static int Dimensions(StructSpec record, string field) =>
        record.Fields.FirstOrDefault(candidate => candidate.Name == field)?.Type.Dimensions.Count
        ?? record.Fields.Where(candidate => candidate.Name.Length == 0 && candidate.Inline is not null).Select(candidate => Dimensions(candidate.Inline!, field)).FirstOrDefault(count => count >= 0, -1);

    private static string NestedName(StructPlan plan, string type) =>
        plan.Nested.Any(nested => nested.Name == type) || plan.Arrays.Any(array => array.Name == type) ? $"{plan.FullName}.{type}" : type;

    private static void Values(StringBuilder text, EmittableModel model, NamePlan names)
    {
        var (spec, ns) = (model.Spec, $"global::{model.Namespace}");
        text.Append("private static void Values()\n{\n");
        foreach (var constant in spec.Constants)
        {
            var name = $"{ns}.{names.ConstantsClass}.{names.Constant(constant.Name)}";
            text.Append(constant.Kind switch
            {
                ValueKind.String => $"Add(\"string {constant.Name}\", Hex({name}));\n",
                ValueKind.Float => $"Add(\"float {constant.Name}\", System.BitConverter.DoubleToUInt64Bits({name}).ToString(\"x\"));\n",
                _ => $"Add(\"const {constant.Name}\", {name});\n",
            });
        }
        foreach (var group in spec.Flags.Concat(spec.Events))
        {
            foreach (var member in group.Members)
                text.Append($"Add(\"const {member.Name}\", unchecked(({CSharpType.Integer(member.Type.Name)}){ns}.{names.Type(NamePlan.GroupId(group))}.{names.Member(NamePlan.GroupId(group), member.Name)}));\n");
            // A member of a group is a constant too, and the same one.
            foreach (var member in group.Members)
                text.Append($"Same(\"const {member.Name}\", {ns}.{names.ConstantsClass}.{names.Constant(member.Name)});\n");
        }
        foreach (var item in spec.Enums.Where(item => item.Name.Length > 0))
        {
            foreach (var member in item.Members)
                text.Append($"Add(\"enum {member.Name}\", ({CSharpType.Integer(item.Type.Name)}){ns}.{names.Type(item.Id)}.{names.Member(item.Id, member.Name)});\n");
        }
        // A constant that has an enumerator's name hides it, in C as in C#.
        var constants = spec.Constants.Select(constant => constant.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in spec.Enums.Where(item => item.Name.Length == 0).SelectMany(item => item.Members).Where(member => !constants.Contains(member.Name)))
            text.Append($"Add(\"enum {member.Name}\", {ns}.{names.ConstantsClass}.{names.Constant(member.Name)});\n");
        foreach (var ioctl in spec.Ioctls)
            text.Append($"Add(\"ioctl {ioctl.Name}\", {ns}.{names.IoctlsClass}.{names.Ioctl(ioctl.Name)}.Code);\n");
        text.Append("}\n");
    }
}
