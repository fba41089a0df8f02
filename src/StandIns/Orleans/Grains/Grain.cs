using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation;

    protected Grain() => _activation = Activation.Current;

    public IGrainContext GrainContext => Activated;

    public string IdentityString => Activated.GrainId.ToString();

    public string RuntimeIdentity => _activation?.Silo.Address.ToString() ?? string.Empty;

    protected IGrainFactory GrainFactory => Activated.Silo.Grains;

    protected internal IServiceProvider ServiceProvider => Activated.ActivationServices;

    private Activation Activated => _activation ?? throw new InvalidOperationException(
        "Grain was created outside of the Orleans creation process and no runtime was specified.");

    /// <summary>Runs before the first request; what it throws, that request's caller gets.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last request.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Ends this activation once its running requests are done.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation for at least that long; a negative time lifts an earlier wish.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activated.DelayDeactivation(timeSpan);
}
