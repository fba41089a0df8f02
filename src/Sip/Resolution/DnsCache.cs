using Microsoft.Extensions.Logging;

namespace TekSipCloud.Sip.Resolution;

/// <summary>
/// Keeps answers for as long as they say, also "there is none" (RFC 2308), and beyond that while nobody answers (RFC 8767). A question is under
/// way once at a time, however many wait for it. Bounded; thread-safe.
/// </summary>
internal sealed partial class DnsCache(IDnsLookup source, DnsOptions options, TimeProvider time, ILogger<DnsCache> logger) : IDnsLookup
{
    private const int MaxAliases = 8;

    /// <summary>RFC 8767 §5: how long somebody waits for a new answer when an old one is at hand.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    /// <summary>RFC 8767 §5: how long an old answer serves before the servers are asked again.</summary>
    private static readonly TimeSpan StaleFor = TimeSpan.FromSeconds(30);

    /// <summary>RFC 9520 §3.2: failures are kept as well, or every call would wait for servers that are away.</summary>
    private static readonly TimeSpan FailureTtl = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<DnsQuestion, Task<DnsAnswer>> _underway = [];
    private Dictionary<DnsQuestion, DnsCacheEntry> _young = [];
    private Dictionary<DnsQuestion, DnsCacheEntry> _old = [];

    /// <summary>Answers kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _young.Count + _old.Count;
        }
    }

    public async Task<DnsAnswer> Lookup(DnsQuestion question, CancellationToken cancel)
    {
        var answer = await LookupOne(question, cancel).ConfigureAwait(false);
        for (var i = 0; i < MaxAliases && answer.Alias is { } alias; i++)
        {
            if (!DnsName.TryNormalize(alias, out var name))
                return answer;

            answer = await LookupOne(question with { Name = name }, cancel).ConfigureAwait(false);
        }

        return answer;
    }

    private async Task<DnsAnswer> LookupOne(DnsQuestion question, CancellationToken cancel)
    {
        var known = Find(question);
        if (known is not null && time.GetTimestamp() < known.Expires)
            return known.Answer;

        var asked = Ask(question);
        if (known is null)
            return await asked.WaitAsync(cancel).ConfigureAwait(false);

        try
        {
            return await asked.WaitAsync(Patience, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The question goes on; whoever comes after its answer has it.
            return known.Answer;
        }
    }

    private Task<DnsAnswer> Ask(DnsQuestion question)
    {
        lock (_lock)
        {
            if (_underway.TryGetValue(question, out var running))
                return running;

            // On the pool: nothing of it may run on a caller's loop, nor end with one caller's patience.
            return _underway[question] = Task.Run(() => AskAndKeep(question));
        }
    }

    private async Task<DnsAnswer> AskAndKeep(DnsQuestion question)
    {
        try
        {
            return Keep(question, await source.Lookup(question, CancellationToken.None).ConfigureAwait(false));
        }
        finally
        {
            lock (_lock)
                _underway.Remove(question);
        }
    }

    private DnsAnswer Keep(DnsQuestion question, DnsAnswer answer)
    {
        var now = time.GetTimestamp();
        var entry = answer.Outcome == DnsOutcome.NoAnswer ? Extend(question, now) : NewEntry(answer, now);
        lock (_lock)
            Store(question, entry);
        return entry.Answer;
    }

    private DnsCacheEntry NewEntry(DnsAnswer answer, long now)
    {
        var longest = answer.Outcome == DnsOutcome.Found || answer.Alias is not null ? options.MaxTtl : options.MaxNegativeTtl;
        var ttl = answer.Ttl < options.MinTtl ? options.MinTtl : answer.Ttl;
        ttl = ttl > longest ? longest : ttl;
        return new(answer, After(now, ttl), After(now, ttl + options.MaxStale));
    }

    /// <summary>Nobody answers: what was known goes on for a while, as long as it may.</summary>
    private DnsCacheEntry Extend(DnsQuestion question, long now)
    {
        if (Find(question) is not { Answer.Outcome: not DnsOutcome.NoAnswer } known)
        {
            LogNoAnswer(question);
            return new(DnsAnswer.None, After(now, FailureTtl), After(now, FailureTtl));
        }

        LogStale(question);
        return known with { Expires = After(now, StaleFor) };
    }

    /// <summary>What may still be used, be it old.</summary>
    private DnsCacheEntry? Find(DnsQuestion question)
    {
        lock (_lock)
        {
            if (!_young.TryGetValue(question, out var entry) && _old.Remove(question, out entry))
                Store(question, entry);
            return entry is not null && time.GetTimestamp() < entry.StaleUntil ? entry : null;
        }
    }

    /// <summary>Two generations: what nobody asked for while half of the room was filled is forgotten.</summary>
    private void Store(DnsQuestion question, DnsCacheEntry entry)
    {
        _old.Remove(question);
        if (_young.Count >= options.MaxEntries / 2 && !_young.ContainsKey(question))
            (_old, _young) = (_young, []);
        _young[question] = entry;
    }

    private long After(long now, TimeSpan span) => now + (long)(span.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(1061, LogLevel.Warning, "No name server answers for {Question}; what was known before is used")]
    private partial void LogStale(DnsQuestion question);

    [LoggerMessage(1062, LogLevel.Warning, "No name server answers for {Question}")]
    private partial void LogNoAnswer(DnsQuestion question);
}
