using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>A journal that forgets with the test: what a process that dies now would leave.</summary>
internal sealed class InMemoryJournal : ICallJournal
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, (List<CallReport> Reports, int Needed)> _segments = [];
    private long _last;

    /// <summary>Whether the disk is full.</summary>
    public bool IsBroken { get; set; }

    /// <summary>How often something was appended.</summary>
    public int Appended { get; private set; }

    /// <summary>The last report of each call, as the next start finds it.</summary>
    public IReadOnlyDictionary<Guid, CallReport> Left
    {
        get
        {
            lock (_lock)
            {
                var left = new Dictionary<Guid, CallReport>();
                foreach (var report in _segments.Values.SelectMany(segment => segment.Reports))
                    left[report.Call.Id] = report;
                return left;
            }
        }
    }

    public long Append(IReadOnlyList<CallReport> reports)
    {
        lock (_lock)
        {
            if (IsBroken)
                throw new IOException("No space left on device.");
            Appended++;
            _segments[++_last] = ([.. reports], reports.Count);
            return _last;
        }
    }

    public void Release(long segment)
    {
        lock (_lock)
        {
            var (reports, needed) = _segments[segment];
            if (needed == 1)
                _segments.Remove(segment);
            else
                _segments[segment] = (reports, needed - 1);
        }
    }
}
