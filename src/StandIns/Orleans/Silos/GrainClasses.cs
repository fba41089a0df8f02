using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>The grain classes of this process, found in the assemblies that refer to the Orleans API.</summary>
internal static class GrainClasses
{
    private static readonly Lock ScanLock = new();
    private static readonly HashSet<Assembly> Scanned = [];
    private static readonly ConcurrentDictionary<GrainType, GrainClass> ByType = new();
    private static readonly ConcurrentDictionary<Type, GrainClass[]> ByInterface = new();

    public static GrainClass Of(GrainType type) => Find(type)
        ?? throw new OrleansException($"No grain class of type {type} is known.");

    public static GrainType Implementing(Type grainInterface, string? classNamePrefix)
    {
        if (!ByInterface.ContainsKey(grainInterface))
        {
            GrainInterface.Of(grainInterface);
            ScanAll();
        }

        var candidates = ByInterface.GetValueOrDefault(grainInterface, []);
        if (!string.IsNullOrEmpty(classNamePrefix))
            candidates = [.. candidates.Where(c => c.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal)
                || c.Type.Name.StartsWith(classNamePrefix, StringComparison.Ordinal))];

        if (candidates.Length > 1)
            candidates = [.. candidates.Where(c => grainInterface.Name == $"I{c.Type.Name}")];

        return candidates.Length == 1
            ? candidates[0].GrainType
            : throw new ArgumentException(
                $"Could not find a single implementation for interface {grainInterface}.", nameof(grainInterface));
    }

    public static void ScanAll()
    {
        lock (ScanLock)
        {
            var open = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
            if (Assembly.GetEntryAssembly() is { } entry)
                open.Push(entry);

            while (open.TryPop(out var assembly))
                if (!assembly.IsDynamic && Scanned.Add(assembly) && RefersToOrleans(assembly))
                    Scan(assembly, open);
        }
    }

    private static GrainClass? Find(GrainType type)
    {
        if (!ByType.ContainsKey(type))
            ScanAll();

        return ByType.GetValueOrDefault(type);
    }

    private static bool RefersToOrleans(Assembly assembly)
    {
        var own = typeof(GrainClasses).Assembly;
        return assembly == own || assembly == Assembly.GetEntryAssembly()
            || Array.Exists(assembly.GetReferencedAssemblies(), name => name.Name == own.GetName().Name);
    }

    private static void Scan(Assembly assembly, Stack<Assembly> open)
    {
        foreach (var name in assembly.GetReferencedAssemblies())
            if (!IsFramework(name.Name!) && TryLoad(name) is { } referenced)
                open.Push(referenced);

        foreach (var type in assembly.GetTypes())
            if (type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
                && typeof(IGrain).IsAssignableFrom(type)
                && !typeof(GrainReference).IsAssignableFrom(type))
                Add(new GrainClass(type));
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void Add(GrainClass grainClass)
    {
        if (!ByType.TryAdd(grainClass.GrainType, grainClass))
            throw new OrleansConfigurationException(
                $"{grainClass.Type} and {ByType[grainClass.GrainType].Type} both have the grain type {grainClass.GrainType}.");

        foreach (var implemented in grainClass.Type.GetInterfaces().Where(i => typeof(IGrain).IsAssignableFrom(i) && !IsMarker(i)))
            ByInterface.AddOrUpdate(implemented, [grainClass], (_, known) => [.. known, grainClass]);
    }

    private static bool IsMarker(Type type) => type.Assembly == typeof(IGrain).Assembly && type.GetMethods().Length == 0;
}
