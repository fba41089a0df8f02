using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Storage;

namespace Orleans.Persistence;

/// <summary>A constructor parameter with [PersistentState].</summary>
internal sealed record PersistentStateParameter(Type ParameterType, string StateName, string? StorageName)
{
    public static PersistentStateParameter[] Of(Type grainClass)
    {
        var constructor = grainClass.GetConstructors().MaxBy(c => c.GetParameters().Length);
        return [.. (constructor?.GetParameters() ?? []).Select(Read).OfType<PersistentStateParameter>()];
    }

    public object Create(Activation activation)
    {
        var name = StorageName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        var storage = activation.ActivationServices.GetKeyedService<IGrainStorage>(name)
            ?? throw new OrleansConfigurationException(
                $"No storage provider found loading state {StateName} of grain {activation.GrainId}: {name}.");
        var state = (PersistentState)Activator.CreateInstance(
            typeof(PersistentState<>).MakeGenericType(ParameterType.GetGenericArguments()), StateName, activation.GrainId, storage)!;
        activation.Adopt(state);
        return state;
    }

    private static PersistentStateParameter? Read(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute
            ? new(parameter.ParameterType, attribute.StateName ?? parameter.Name!, attribute.StorageName)
            : null;
}
