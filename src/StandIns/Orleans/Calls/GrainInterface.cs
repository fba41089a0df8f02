using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>A grain or observer interface: its methods and the class that stands for it at the caller.</summary>
internal sealed class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> Known = new();

    private readonly Func<GrainId, Silo, InterfaceReference> _create;

    private GrainInterface(Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not a grain or observer interface.", nameof(type));

        var methods = type.GetInterfaces().Prepend(type)
            .SelectMany(i => i.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.IsAbstract)
            .Select(method => new GrainMethod(type, method))
            .ToArray();
        _create = Creator(type, methods);
    }

    public static GrainInterface Of(Type type) => Known.GetOrAdd(type, static key => new(key));

    public InterfaceReference CreateReference(GrainId id, Silo silo) => _create(id, silo);

    private static Func<GrainId, Silo, InterfaceReference> Creator(Type type, GrainMethod[] methods)
    {
        var proxy = ProxyEmitter.Emit(type, methods);
        var id = Expression.Parameter(typeof(GrainId));
        var silo = Expression.Parameter(typeof(Silo));
        var create = Expression.New(proxy.GetConstructors().Single(), id, silo, Expression.Constant(type), Expression.Constant(methods));
        return Expression.Lambda<Func<GrainId, Silo, InterfaceReference>>(create, id, silo).Compile();
    }
}
