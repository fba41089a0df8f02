using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The calls that have something to be written, those on their way first. Thread-safe; one reader takes and settles.</summary>
internal sealed class CallQueue(ICallJournal journal, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Lock _journaling = new();
    private readonly Queue<CallEntry> _entries = new();
    private readonly List<CallEntry> _sent = [];
    private int _waiting;
    private int _journaled;

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
    public ImmutableArray<CallReport> Take(int most)
    {
        lock (_lock)
        {
            while (_sent.Count < most && _entries.TryDequeue(out var entry))
                _sent.Add(entry);
            return [.. _sent.Select(entry => entry.Send())];
        }
    }

    /// <summary>The calls taken as they are by now.</summary>
    public ImmutableArray<CallReport> TakeAgain() => Take(0);

    /// <summary>What was taken is written.</summary>
    public void Settle()
    {
        lock (_journaling)
        {
            var released = new List<long>();
            lock (_lock)
            {
                foreach (var entry in _sent)
                {
                    entry.IsWaiting = false;
                    _waiting--;
                    if (entry.SentVersion != entry.Version)
                        Wait(entry);
                    else if (entry.Segment != 0)
                        Release(entry, released);
                }

                _sent.Clear();
            }

            released.ForEach(journal.Release);
        }
    }

    /// <summary>Puts what waits for longer than an age into the journal.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Journal(TimeSpan age)
    {
        lock (_journaling)
        {
            var old = FindOld(age);
            if (old.Count == 0)
                return;

            var segment = journal.Append([.. old.Select(found => found.Report)]);
            var released = new List<long>();
            lock (_lock)
            {
                foreach (var (entry, version, _) in old)
                {
                    if (entry.Segment != 0)
                        Release(entry, released);
                    (entry.Segment, entry.JournaledVersion) = (segment, version);
                    _journaled++;
                }
            }

            released.ForEach(journal.Release);
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

    private List<(CallEntry Entry, int Version, CallReport Report)> FindOld(TimeSpan age)
    {
        lock (_lock)
        {
            return [.. _sent.Concat(_entries)
                .Where(entry => entry.JournaledVersion != entry.Version && clock.GetElapsedTime(entry.WaitingSince) >= age)
                .Select(entry => (entry, entry.Version, entry.Report()))];
        }
    }

    private bool Wait(CallEntry entry)
    {
        if (entry.IsWaiting)
            return false;

        entry.IsWaiting = true;
        entry.WaitingSince = entry.Changed;
        _entries.Enqueue(entry);
        return ++_waiting == 1;
    }

    private void Release(CallEntry entry, List<long> released)
    {
        released.Add(entry.Segment);
        (entry.Segment, entry.JournaledVersion) = (0, 0);
        _journaled--;
    }
}
