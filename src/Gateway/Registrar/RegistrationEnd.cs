namespace TekSipCloud.Gateway.Registrar;

/// <summary>Until when something is registered here. Whoever keeps one looks whether it still counts. Thread-safe.</summary>
internal sealed class RegistrationEnd(DateTimeOffset expires)
{
    private long _ticks = expires.UtcTicks;
    private volatile bool _isForgotten;

    public DateTimeOffset Expires => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Whether another took its place, or none.</summary>
    public bool IsForgotten => _isForgotten;

    public void Extend(DateTimeOffset expires) => Volatile.Write(ref _ticks, Math.Max(Volatile.Read(ref _ticks), expires.UtcTicks));

    public void Forget() => _isForgotten = true;
}
