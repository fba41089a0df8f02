using System.Net;

namespace TekSipCloud.Silo.Certificates;

/// <summary>
/// Failed TLS handshakes of others, counted by who, for which name and why until they are told. Bounded, so that a scan costs neither memory nor
/// the event log. Thread-safe.
/// </summary>
internal sealed class HandshakeFailures
{
    private const int MaxKinds = 1_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<Kind, int> _counts = [];
    private long _others;
    private long _total;

    /// <summary>All since the start.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Add(IPAddress source, string serverName, string reason)
    {
        Interlocked.Increment(ref _total);
        var kind = new Kind(source, serverName, reason);
        lock (_lock)
        {
            if (_counts.TryGetValue(kind, out var count))
                _counts[kind] = count + 1;
            else if (_counts.Count < MaxKinds)
                _counts.Add(kind, 1);
            else
                _others++;
        }
    }

    /// <summary>Takes what is most frequent, at most so many; the others wait for the next time.</summary>
    public IReadOnlyList<(Kind Kind, int Count)> Take(int most)
    {
        lock (_lock)
        {
            var taken = _counts.OrderByDescending(pair => pair.Value).Take(most).Select(pair => (pair.Key, pair.Value)).ToArray();
            foreach (var (kind, _) in taken)
                _counts.Remove(kind);
            return taken;
        }
    }

    /// <summary>Takes the number of all that wait, and forgets them.</summary>
    public long TakeRest()
    {
        lock (_lock)
        {
            var rest = _others + _counts.Values.Sum(count => (long)count);
            _counts.Clear();
            _others = 0;
            return rest;
        }
    }

    internal readonly record struct Kind(IPAddress Source, string ServerName, string Reason);
}
