using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The calls that have something to be written, those on their way first. Thread-safe; one reader takes and settles.</summary>
internal sealed partial class CallQueue(ICallJournal journal, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<CallEntry> _entries = new();
    private readonly List<CallEntry> _sent = [];

    private int _waiting;

    /// <summary>Calls with something unwritten.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool IsEmpty => Waiting == 0;

    /// <returns>Whether nothing waited before.</returns>
    public bool Add(CallEntry entry)
    {
        lock (_lock)
            return Wait(entry);
    }

    /// <inheritdoc cref="Add"/>
    public bool Progress(CallEntry entry, CallSummary call)
    {
        lock (_lock)
        {
            entry.Progress(call, clock.GetTimestamp());
            return Wait(entry);
        }
    }

    /// <inheritdoc cref="Add"/>
    public bool Finish(CallEntry entry, CallRecord record)
    {
        lock (_lock)
        {
            entry.Finish(record, clock.GetTimestamp());
            return Wait(entry);
        }
    }

    /// <summary>Takes reports to be written, until <see cref="Settle"/>.</summary>
    /// <param name="most">How many.</param>
    /// <param name="least">The age from which a call in progress gets a row of its own: many end sooner and need none.</param>
    public ImmutableArray<CallReport> Take(int most, TimeSpan least = default)
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            for (var left = _entries.Count; left > 0 && _sent.Count < most; left--)
            {
                var entry = _entries.Dequeue();
                if (entry.IsNew && clock.GetElapsedTime(entry.WaitingSince, now) < least)
                    _entries.Enqueue(entry);
                else
                    _sent.Add(entry);
            }

            var reports = ImmutableArray.CreateBuilder<CallReport>(_sent.Count);
            foreach (var entry in _sent)
                reports.Add(entry.Send());
            return reports.MoveToImmutable();
        }
    }

    /// <summary>The calls taken as they are by now.</summary>
    public ImmutableArray<CallReport> TakeAgain() => Take(0);

    /// <summary>What was taken is written.</summary>
    public void Settle()
    {
        lock (_journaling)
        {
            lock (_lock)
            {
                foreach (var entry in _sent)
                    OnWritten(entry);
                _sent.Clear();
                while (_unsaved.TryPeek(out var item) && !IsUnsaved(item))
                    _unsaved.Dequeue();
            }

            Release();
        }
    }

    public CallBacklogFigures Read(int capacity)
    {
        lock (_lock)
        {
            var oldest = _sent.Count > 0 ? _sent[0] : _entries.TryPeek(out var first) ? first : null;
            return new(Waiting, capacity, _journaled, oldest is null ? TimeSpan.Zero : clock.GetElapsedTime(oldest.WaitingSince));
        }
    }

    private void OnWritten(CallEntry entry)
    {
        entry.IsWaiting = false;
        _waiting--;
        if (entry.SentVersion != entry.Version)
        {
            Wait(entry);
            return;
        }

        entry.IsUnsaved = false;
        if (entry.Segment != 0)
            Release(entry);
    }

    private bool Wait(CallEntry entry)
    {
        NeedJournal(entry);
        if (entry.IsWaiting)
            return false;

        entry.IsWaiting = true;
        entry.WaitingSince = entry.Changed;
        _entries.Enqueue(entry);
        return ++_waiting == 1;
    }
}
