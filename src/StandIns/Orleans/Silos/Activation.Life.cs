using Orleans.Calls;

namespace Orleans.Silos;

/// <summary>Activation and deactivation.</summary>
internal sealed partial class Activation
{
    private DeactivationReason _reason;
    private bool _isUnwanted;
    private bool _isFinishing;

    /// <summary>Begins activation; requests wait until it is done.</summary>
    public void Begin() => Queue(new Task(() => _ = Activate()));

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_state is ActivationState.Deactivating or ActivationState.Invalid)
                return;

            // During activation the wish is kept: it is fulfilled before the first request.
            _reason = deactivationReason;
            if (_state == ActivationState.Activating)
            {
                _isUnwanted = true;
                return;
            }

            _state = ActivationState.Deactivating;
            FinishWhenIdle();
        }
    }

    /// <summary>Ends it and waits for that; never from its own code.</summary>
    public Task End(DeactivationReason reason)
    {
        Deactivate(reason);
        return Deactivated;
    }

    /// <summary>Ends it as the death of its silo does: nothing more is started, nothing is told to the grain.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _state = ActivationState.Invalid;
            _waiting.Clear();
        }

        StopTimers();
        _deactivated.TrySetResult();
    }

    private async Task Activate()
    {
        var options = Silo.CollectionOptions;
        using var limit = new CancellationTokenSource(options.ActivationTimeout, Silo.Clock);
        try
        {
            GrainInstance = Class.Create(this);
            await ReadStates();
            if (GrainInstance is IGrainBase grain)
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception error)
        {
            await FailToActivate(error);
            return;
        }

        lock (_lock)
        {
            if (_state != ActivationState.Activating)
                return;

            _state = _isUnwanted ? ActivationState.Deactivating : ActivationState.Valid;
            StartWhatMayRun();
            FinishWhenIdle();
        }
    }

    private async Task FailToActivate(Exception error)
    {
        Silo.Log.ActivationFailed(GrainId, error);
        Turn[] refused;
        lock (_lock)
        {
            _state = ActivationState.Invalid;
            refused = [.. _waiting];
            _waiting.Clear();
        }

        Silo.Forget(this);
        StopTimers();
        foreach (var call in refused.OfType<Call>())
            call.Fail(error);

        await DisposeGrain();
        _deactivated.TrySetResult();
    }

    private void FinishWhenIdle()
    {
        if (_state != ActivationState.Deactivating || _running > 0 || _isFinishing)
            return;

        _isFinishing = true;
        Queue(new Task(() => _ = Finish()));
    }

    private async Task Finish()
    {
        StopTimers();
        using var limit = new CancellationTokenSource(Silo.CollectionOptions.DeactivationTimeout, Silo.Clock);
        try
        {
            if (GrainInstance is IGrainBase grain)
                await grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception error)
        {
            Silo.Log.DeactivationFailed(GrainId, error);
        }

        await DisposeGrain();
        Turn[] moved;
        lock (_lock)
        {
            _state = ActivationState.Invalid;
            moved = [.. _waiting];
            _waiting.Clear();
        }

        Silo.Forget(this);
        foreach (var call in moved.OfType<Call>())
            Silo.Cluster.Redeliver(call);

        _deactivated.TrySetResult();
    }

    private async Task DisposeGrain()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();

            await _scope.DisposeAsync();
        }
        catch (Exception error)
        {
            Silo.Log.DeactivationFailed(GrainId, error);
        }
    }
}
