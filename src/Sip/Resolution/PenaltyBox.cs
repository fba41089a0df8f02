using System.Collections.Immutable;
using System.Net;
using TekSipCloud.Sip.Tls;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Resolution;

/// <summary>
/// Remembers which servers failed lately, so that not every request finds it out again (RFC 3263 §4.3). Bounded; thread-safe.
/// </summary>
/// <param name="time">Time of penalties.</param>
/// <param name="standard">How long a server that failed is passed over; zero for never.</param>
/// <param name="longest">How long it is at most, whatever its Retry-After says.</param>
public sealed class PenaltyBox(TimeProvider time, TimeSpan standard, TimeSpan longest)
{
    private const int MaxServers = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(SipTransportProtocol, IPEndPoint, ServerTrust?), long> _until = [];

    /// <summary>Servers passed over now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                return _until.Values.Count(until => now < until);
            }
        }
    }

    /// <summary>A server failed: it did not answer, could not be reached, or said 503.</summary>
    /// <param name="target">The server.</param>
    /// <param name="retryAfter">Its wish (RFC 3261 §21.5.4), if it had one.</param>
    /// <returns>For how long it is passed over.</returns>
    public TimeSpan Punish(SipTarget target, TimeSpan? retryAfter = null)
    {
        var span = retryAfter ?? standard;
        span = span > longest ? longest : span;
        if (standard <= TimeSpan.Zero || span <= TimeSpan.Zero)
            return TimeSpan.Zero;

        lock (_lock)
        {
            if (_until.Count >= MaxServers)
                MakeRoom();
            _until[KeyOf(target)] = time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);
        }

        return span;
    }

    /// <summary>A server answered: nothing is held against it any more.</summary>
    public void Clear(SipTarget target)
    {
        lock (_lock)
            _until.Remove(KeyOf(target));
    }

    /// <summary>Whether a server is passed over now.</summary>
    public bool Holds(SipTarget target)
    {
        lock (_lock)
            return _until.TryGetValue(KeyOf(target), out var until) && time.GetTimestamp() < until;
    }

    /// <summary>The servers that are not passed over, in their order; all of them when every one is.</summary>
    public ImmutableArray<SipTarget> Choose(ImmutableArray<SipTarget> targets)
    {
        var free = targets.RemoveAll(Holds);
        return free.IsEmpty ? targets : free;
    }

    private static (SipTransportProtocol, IPEndPoint, ServerTrust?) KeyOf(SipTarget target) => (target.Protocol, target.Remote, target.Trust);

    private void MakeRoom()
    {
        var now = time.GetTimestamp();
        foreach (var (key, until) in _until)
        {
            if (until <= now)
                _until.Remove(key);
        }

        if (_until.Count >= MaxServers)
            _until.Clear();
    }
}
