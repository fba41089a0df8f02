using System.Net;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Admission;

/// <content>
/// Bounds how many passwords a source may try: credentials that are wrong take a token, and without one credentials are not even looked at, so
/// that a right guess shows no more than a wrong one. A flow that has shown who it is, and never was wrong, is spared what its neighbours do.
/// </content>
internal sealed partial class SourceGate
{
    private readonly TokenBuckets _guesses;
    private readonly long _guessMemory;
    private long _guessedUntil = long.MinValue;
    private long _unjudged;
    private long _guessesToldAt;

    /// <summary>Requests whose credentials were not looked at since their source had been wrong too often.</summary>
    public long Unjudged => Interlocked.Read(ref _unjudged);

    /// <summary>Whether the credentials of a request from here are looked at; the connection ends where they are not.</summary>
    public bool MayPresent(SipFlow flow)
    {
        var now = _clock.GetTimestamp();
        // Nobody guesses, as nearly always: nothing is looked up.
        if (now >= Volatile.Read(ref _guessedUntil) || MayGuess(SourceKey.Of(flow.Remote), now))
            return true;

        Interlocked.Increment(ref _unjudged);
        TellGuesses(flow.Remote.Address, now);
        if (flow.IsReliable)
            flow.Close();
        return false;
    }

    /// <summary>Credentials from here were wrong.</summary>
    public void OnWrongCredentials(SipFlow flow)
    {
        var now = _clock.GetTimestamp();
        var key = SourceKey.Of(flow.Remote);
        Volatile.Write(ref _guessedUntil, now + _guessMemory);
        _guesses.TryTake(key.Address, now);
        if (_trusted.Knows(key.Flow, now))
            _guesses.TryTake(key.Flow, now);
    }

    private bool MayGuess(SourceKey key, long now) =>
        !_guesses.IsDry(key.Address, now) || (_trusted.Knows(key.Flow, now) && _guesses.IsFull(key.Flow, now));

    private void TellGuesses(IPAddress source, long now)
    {
        if (!MayTell(ref _guessesToldAt, now))
            return;

        LogGuesses(source, Unjudged);
        _events.Write(
            TenantId.System, EventType.Warning, $"Passwords from {source} are not looked at: it sent too many wrong ones.");
    }

    [LoggerMessage(4041, LogLevel.Warning,
        "Credentials from {Address} are not looked at: too many were wrong. {Count} requests, from all sources, since the start")]
    private partial void LogGuesses(IPAddress address, long count);
}
