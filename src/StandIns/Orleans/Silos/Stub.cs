#pragma warning disable
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
namespace Orleans.Silos
{
    internal sealed class Silo { public IGrainFactory Grains => throw new NotSupportedException(); public SiloAddress Address => throw new NotSupportedException(); public Refs References => throw new NotSupportedException(); }
    internal sealed class Refs { public object Create(GrainId id, Type t) => throw new NotSupportedException(); }
    internal sealed class Activation : IGrainContext {
        public static Activation? Current => null;
        public Silo Silo => throw new NotSupportedException();
        public GrainReference GrainReference => throw new NotSupportedException();
        public GrainId GrainId => throw new NotSupportedException();
        public object? GrainInstance => null;
        public ActivationId ActivationId => default;
        public IServiceProvider ActivationServices => throw new NotSupportedException();
        public Task Deactivated => Task.CompletedTask;
        public void Deactivate(DeactivationReason r, CancellationToken c = default) { }
        public bool Equals(IGrainContext? o) => false;
        public void DelayDeactivation(TimeSpan t) { _ = Silo; }
        public IGrainTimer StartTimer(Func<CancellationToken, Task> f, GrainTimerCreationOptions o) => throw new NotSupportedException();
    }
    internal static class SiloServices { public static void AddSilo(this IServiceCollection s) { } }
}
namespace Orleans.Storage {
    internal sealed class MemoryGrainStorage : IGrainStorage { public MemoryGrainStorage(IServiceProvider p, string n) { }
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)=> Task.CompletedTask;
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)=> Task.CompletedTask; }
}
