using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Persistence;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Silos;

/// <summary>A grain class and the rules its attributes state.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _create;
    private readonly PersistentStateParameter[] _states;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? DefaultName(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        IsKeptAlive = type.IsDefined(typeof(KeepAliveAttribute));
        AgeLimit = type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? new RandomPlacement();
        MayInterleave = PredicateOf(type);
        _states = PersistentStateParameter.Of(type);
        _create = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(_states, state => state.ParameterType));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public bool IsKeptAlive { get; }

    public TimeSpan? AgeLimit { get; }

    public PlacementStrategy Placement { get; }

    public InterleavingPredicate? MayInterleave { get; }

    /// <summary>Makes the grain, inside its activation's first turn.</summary>
    public object Create(Activation activation) =>
        _create(activation.ActivationServices, Array.ConvertAll(_states, state => state.Create(activation)));

    /// <summary>The class's name in lower case, without "grain" at its end.</summary>
    private static string DefaultName(Type type)
    {
        const string suffix = "Grain";
        var name = type.Name.Length > suffix.Length && type.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            ? type.Name[..^suffix.Length]
            : type.Name;
        return name.ToLowerInvariant();
    }

    private static InterleavingPredicate? PredicateOf(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>()?.CallbackMethodName is not { } name)
            return null;

        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var method = type.GetMethod(name, any, [typeof(IInvokable)]);
        if (method?.ReturnType != typeof(bool))
            throw new InvalidOperationException($"Class {type.FullName} doesn't declare a method bool {name}({nameof(IInvokable)}).");

        if (!method.IsStatic)
            return (grain, request) => (bool)method.Invoke(grain, [request])!;

        var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
        return (_, request) => predicate(request);
    }
}
