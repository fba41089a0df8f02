using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>One grain in memory: identity, services and what its grain may ask.</summary>
internal sealed partial class Activation : IGrainContext
{
    [ThreadStatic]
    private static Activation? _current;

    private readonly TurnScheduler _turns;
    private readonly AsyncServiceScope _scope;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastUse;
    private long _keepUntil;

    public Activation(GrainId id, GrainClass grainClass, Silo silo)
    {
        GrainId = id;
        Class = grainClass;
        Silo = silo;
        _turns = new TurnScheduler(this);
        _scope = silo.Services.CreateAsyncScope();
        _lastUse = silo.Clock.GetTimestamp();
    }

    /// <summary>The activation whose code this thread runs.</summary>
    public static Activation? Current
    {
        get => _current;
        set => _current = value;
    }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public Silo Silo { get; }

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => field ??= Silo.References.Untyped(GrainId);

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId}{ActivationId}";

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        var until = timeSpan <= TimeSpan.Zero ? 0
            : timeSpan == TimeSpan.MaxValue ? long.MaxValue
            : Silo.Clock.GetTimestamp() + (long)(timeSpan.TotalSeconds * Silo.Clock.TimestampFrequency);
        Volatile.Write(ref _keepUntil, until);
    }

    /// <summary>Whether it has idled for that long and nothing keeps it.</summary>
    public bool IsIdleFor(TimeSpan age)
    {
        lock (_lock)
        {
            return _state == ActivationState.Valid
                && _running == 0
                && _waiting.Count == 0
                && !Class.IsKeptAlive
                && Silo.Clock.GetTimestamp() >= Volatile.Read(ref _keepUntil)
                && Silo.Clock.GetElapsedTime(Volatile.Read(ref _lastUse)) >= age;
        }
    }

    /// <summary>Queues a piece of code; the caller's ambient values do not come along.</summary>
    public void QueueAction(Action action) => Queue(new Task(action));

    private void Queue(Task piece)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            piece.Start(_turns);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            piece.Start(_turns);
    }

    private void NoteUse() => Volatile.Write(ref _lastUse, Silo.Clock.GetTimestamp());
}
