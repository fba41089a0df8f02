using System.Reflection;

namespace TekSipCloud.StandIns.Tests;

/// <summary>What an assembly offers, one line for each public or protected member, to be compared with a file in the repository.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Synthesized = ["Finalize", "<Clone>$"];

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(OfType).Order(StringComparer.Ordinal);

    private static IEnumerable<string> OfType(Type type)
    {
        var bases = new[] { type.BaseType }.Where(b => b is not null && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum));
        var all = bases.Concat(type.GetInterfaces().Where(i => i.IsPublic)).Select(t => Name(t!)).Order(StringComparer.Ordinal);
        yield return $"{Kind(type)} {Name(type)} : {string.Join(", ", all)}".TrimEnd(' ', ':');

        foreach (var member in type.GetMembers(Declared).Where(IsVisible))
        {
            if (Describe(member) is { } line)
                yield return $"{Name(type)}.{line}";
        }
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        MethodBase { IsSpecialName: true } method when !method.IsConstructor && !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        ConstructorInfo { IsStatic: true } => null,
        MethodInfo method when Synthesized.Contains(method.Name) => null,
        MethodInfo method => $"{Modifier(method)}{method.Name}{Generics(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{Modifier(property.GetAccessors(nonPublic: true)[0])}{property.Name} : {Name(property.PropertyType)} {{{Accessors(property)}}}",
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue()}",
        FieldInfo { IsSpecialName: true } => null,
        FieldInfo field => $"{field.Name} : {Name(field.FieldType)}",
        EventInfo happening => $"event {happening.Name} : {Name(happening.EventHandlerType!)}",
        _ => null,
    };

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        EventInfo happening => happening.AddMethod is { } add && IsVisible(add),
        _ => false,
    };

    private static string Accessors(PropertyInfo property) =>
        string.Concat(property.GetAccessors(nonPublic: true).Where(IsVisible).Select(a => $" {a.Name[..3]};").Order(StringComparer.Ordinal)) + " ";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Generics(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(Constrained))}>"
        : "";

    private static string Constrained(Type argument)
    {
        var isClass = argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);
        string[] constraints = [.. isClass ? new[] { "class" } : [], .. argument.GetGenericParameterConstraints().Select(Name)];
        return constraints.Length == 0 ? argument.Name : $"{argument.Name} : {string.Join(" ", constraints)}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;

        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");

        var name = (type.IsNested ? Name(type.DeclaringType!) : type.Namespace) + "." + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
