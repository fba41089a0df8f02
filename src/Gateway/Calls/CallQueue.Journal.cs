using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What of the queue goes to the journal: only what has not been looked at yet is looked at.</summary>
internal sealed partial class CallQueue
{
    private readonly Lock _journaling = new();

    /// <summary>What the journal lacks, in the order of time, and what has become void since.</summary>
    private readonly Queue<(CallEntry Entry, long Since)> _unsaved = new();

    private readonly List<(CallEntry Entry, int Version)> _old = [];
    private readonly List<CallReport> _oldReports = [];
    private readonly List<long> _released = [];
    private int _journaled;

    /// <summary>Puts what waits for longer than an age into the journal.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Journal(TimeSpan age)
    {
        lock (_journaling)
        {
            var looked = FindOld(age);
            try
            {
                if (_old.Count > 0)
                    Note(journal.Append(_oldReports), looked);
            }
            finally
            {
                _old.Clear();
                _oldReports.Clear();
            }

            Release();
        }
    }

    /// <returns>How many at the head of the unsaved were looked at.</returns>
    private int FindOld(TimeSpan age)
    {
        var looked = 0;
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            foreach (var item in _unsaved)
            {
                if (IsUnsaved(item))
                {
                    if (clock.GetElapsedTime(item.Since, now) < age)
                        break;
                    _old.Add((item.Entry, item.Entry.Version));
                    _oldReports.Add(item.Entry.Report());
                }

                looked++;
            }
        }

        return looked;
    }

    private void Note(long segment, int looked)
    {
        lock (_lock)
        {
            // Meanwhile others came behind these, but none was taken: that takes the lock of journaling.
            for (; looked > 0; looked--)
                _unsaved.Dequeue();

            foreach (var (entry, version) in _old)
            {
                if (entry.Segment != 0)
                    Release(entry);
                (entry.Segment, entry.JournaledVersion, entry.IsUnsaved) = (segment, version, false);
                _journaled++;
                NeedJournal(entry);
            }
        }
    }

    private static bool IsUnsaved((CallEntry Entry, long Since) item) => item.Entry.IsUnsaved && item.Entry.UnsavedSince == item.Since;

    private void NeedJournal(CallEntry entry)
    {
        if (entry.IsUnsaved || entry.JournaledVersion == entry.Version)
            return;

        (entry.IsUnsaved, entry.UnsavedSince) = (true, entry.Changed);
        _unsaved.Enqueue((entry, entry.Changed));
    }

    private void Release(CallEntry entry)
    {
        _released.Add(entry.Segment);
        (entry.Segment, entry.JournaledVersion) = (0, 0);
        _journaled--;
    }

    private void Release()
    {
        foreach (var segment in _released)
            journal.Release(segment);
        _released.Clear();
    }
}
