using Orleans.Calls;
using Orleans.Storage;

namespace Orleans.Silos;

/// <summary>Which waiting turn may start: Orleans' rules of reentrancy.</summary>
internal sealed partial class Activation
{
    private readonly Lock _lock = new();
    private readonly List<Turn> _waiting = [];
    private ActivationState _state = ActivationState.Activating;
    private Turn? _blocking;
    private int _running;

    /// <summary>How many turns run or wait.</summary>
    public int Load
    {
        get
        {
            lock (_lock)
                return _running + _waiting.Count;
        }
    }

    /// <summary>Takes a turn in; false when this activation has ended and another must be found.</summary>
    public bool TryEnqueue(Turn turn)
    {
        lock (_lock)
        {
            if (_state == ActivationState.Invalid)
                return false;

            if (turn is Call call)
                call.Host = this;

            _waiting.Add(turn);
            StartWhatMayRun();
        }

        return true;
    }

    /// <summary>A write against an old ETag ends the activation, so that the next one reads the new state.</summary>
    public void NoteFailure(Exception error)
    {
        if (error is not InconsistentStateException { IsSourceActivation: true } conflict)
            return;

        conflict.IsSourceActivation = false;
        Deactivate(new(DeactivationReasonCode.ApplicationError, error, "Inconsistent state was found."));
    }

    private void StartWhatMayRun()
    {
        if (_state != ActivationState.Valid)
            return;

        for (var i = 0; i < _waiting.Count;)
        {
            var turn = _waiting[i];
            if (!turn.IsOver && !MayRun(turn))
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            if (!turn.IsOver)
                Start(turn);
        }
    }

    private bool MayRun(Turn turn)
    {
        if (_running == 0 || turn.AlwaysInterleaves || _blocking is null)
            return true;

        if ((_blocking.IsReadOnly && turn.IsReadOnly) || Class.IsReentrant)
            return true;

        return Class.MayInterleave is { } predicate && (Allows(predicate, turn) || Allows(predicate, _blocking));
    }

    private bool Allows(InterleavingPredicate predicate, Turn turn)
    {
        try
        {
            return turn.Request is { } request && predicate(GrainInstance!, request);
        }
        catch (Exception error)
        {
            Silo.Log.PredicateFailed(GrainId, error);
            return false;
        }
    }

    private void Start(Turn turn)
    {
        _running++;
        if (_blocking is null && !turn.AlwaysInterleaves)
            _blocking = turn;

        NoteUse(turn);
        Queue(new Task(static state =>
        {
            var (activation, turn) = ((Activation, Turn))state!;
            _ = activation.Complete(turn, turn.Run(activation));
        }, (this, turn)));
    }

    private async Task Complete(Turn turn, Task running)
    {
        try
        {
            await running;
        }
        catch (Exception error)
        {
            Silo.Log.TurnFailed(GrainId, error);
        }

        lock (_lock)
        {
            _running--;
            if (_blocking is null || ReferenceEquals(_blocking, turn))
                _blocking = null;

            NoteUse(turn);
            StartWhatMayRun();
            FinishWhenIdle();
        }
    }

    private void NoteUse(Turn turn)
    {
        if (turn.CountsAsUse)
            NoteUse();
    }
}
