using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// Bounds what strangers cost, by source. An answer without valid credentials takes a token of the sender's address; a success gives some back
/// and makes its address <em>and port</em> a source of its own. So whoever succeeds is not slowed by a flood that comes from, or pretends to
/// come from, the same address, and lends that flood nothing. When the tokens are gone, requests that begin something are dropped before they
/// are parsed; what may belong to a call in progress is always looked at, and answered only if it does.
/// </summary>
internal sealed partial class SourceGate : ISourceGate
{
    /// <summary>What a success gives back: more than its challenge, the ACK and a retransmission took.</summary>
    private const int TokensPerSuccess = 4;

    private static readonly TimeSpan TellPeriod = TimeSpan.FromMinutes(1);

    private readonly TokenBuckets _strangers;
    private readonly TokenBuckets _trusted;
    private readonly bool _isUnbounded;
    private readonly TimeProvider _clock;
    private readonly IEventLog _events;
    private readonly ILogger<SourceGate> _logger;
    private long _unanswered;
    private long _dropped;
    private long _toldDropped;
    private long _toldAt;

    public SourceGate(IOptions<SourceOptions> options, TimeProvider clock, IEventLog events, ILogger<SourceGate> logger)
    {
        var o = options.Value;
        _clock = clock;
        _events = events;
        _logger = logger;
        _strangers = new(o.Tracked, o.StrangerRate, o.StrangerBurst, TimeSpan.Zero, clock);
        _trusted = new(o.Tracked, o.TrustedRate, o.TrustedBurst, o.TrustLifetime, clock);
        _isUnbounded = _strangers.IsUnbounded && _trusted.IsUnbounded;
        _guesses = new(o.Tracked, o.GuessRate, o.GuessBurst, TimeSpan.Zero, clock);
        // After that every bucket is full again.
        _guessMemory = o.GuessRate == 0 ? 0 : clock.TimestampFrequency * (1 + (o.GuessBurst / o.GuessRate));
        _toldAt = _guessesToldAt = clock.GetTimestamp() - (long)(TellPeriod.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>Requests that got no answer since their source had spent its share.</summary>
    public long Unanswered => Interlocked.Read(ref _unanswered);

    public bool Admits(ReadOnlySpan<byte> source, ReadOnlySpan<byte> datagram)
    {
        if (_isUnbounded)
            return true;

        var now = _clock.GetTimestamp();
        var key = SourceKey.Of(source);
        var isDry = _trusted.Knows(key.Flow, now) ? _trusted.IsDry(key.Flow, now) : _strangers.IsDry(key.Address, now);
        if (!isDry || MayBelongToACall(datagram))
            return true;

        OnDropped(source, now);
        return false;
    }

    public bool MayAnswer(SipFlow flow)
    {
        if (_isUnbounded)
            return true;

        var now = _clock.GetTimestamp();
        var key = SourceKey.Of(flow.Remote);
        if (_trusted.Knows(key.Flow, now) ? _trusted.TryTake(key.Flow, now) : _strangers.TryTake(key.Address, now))
            return true;

        Interlocked.Increment(ref _unanswered);
        // A connection's peer really is where it says: it need not be listened to.
        if (flow.IsReliable)
            flow.Close();
        return false;
    }

    /// <summary>The source of a request showed who it is.</summary>
    public void OnSuccess(SipFlow flow)
    {
        var now = _clock.GetTimestamp();
        var key = SourceKey.Of(flow.Remote);
        // The first challenge was asked for by a stranger.
        if (!_trusted.Knows(key.Flow, now))
            _strangers.Give(key.Address, 1);
        _trusted.Keep(key.Flow, now);
        _trusted.Give(key.Flow, TokensPerSuccess);
    }

    /// <summary>Responses, and requests that only make sense within a call.</summary>
    private static bool MayBelongToACall(ReadOnlySpan<byte> datagram) =>
        datagram.StartsWith("SIP/"u8) || datagram.StartsWith("ACK "u8) || datagram.StartsWith("BYE "u8) || datagram.StartsWith("CANCEL "u8)
        || datagram.StartsWith("INFO "u8) || datagram.StartsWith("PRACK "u8) || datagram.StartsWith("UPDATE "u8);

    private void OnDropped(ReadOnlySpan<byte> source, long now)
    {
        Interlocked.Increment(ref _dropped);
        if (!MayTell(ref _toldAt, now))
            return;

        var dropped = Interlocked.Read(ref _dropped);
        var address = AddressOf(source);
        LogFlood(address, dropped - _toldDropped);
        _events.Write(TenantId.System, EventType.Warning, $"Requests from {address} are dropped: it sends too many without valid credentials.");
        _toldDropped = dropped;
    }

    /// <summary>Whether it is time to tell of something again: once a minute, and one of those who ask at the same time.</summary>
    private bool MayTell(ref long toldAt, long now)
    {
        var before = Volatile.Read(ref toldAt);
        return _clock.GetElapsedTime(before, now) >= TellPeriod && Interlocked.CompareExchange(ref toldAt, now, before) == before;
    }

    private static IPAddress AddressOf(ReadOnlySpan<byte> source) =>
        source.Length >= 24 ? new IPAddress(source.Slice(8, 16)) : source.Length >= 8 ? new IPAddress(source.Slice(4, 4)) : IPAddress.None;

    [LoggerMessage(4040, LogLevel.Warning,
        "Requests from {Address} are dropped unread: too many without valid credentials. {Count} dropped, from all sources, since this was last said")]
    private partial void LogFlood(IPAddress address, long count);
}
