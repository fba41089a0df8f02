using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// Answers refreshes on behalf of the grains: a REGISTER that repeats a binding of this node on its own flow changes only its end,
/// Call-ID and CSeq. What was answered is reported to the grains minutes later and before it matters there, in one call an AOR; the bindings
/// of a gateway that died last longer by what was granted, and nothing is granted here beyond that, so a crash in between loses nobody.
/// </summary>
internal sealed partial class RefreshDesk(
    NodeIdentity node, IGrainFactory grains, TimeProvider clock, ILogger<RefreshDesk> logger)
{
    /// <summary>Reports under way at a time.</summary>
    private const int MaxReports = 32;

    private readonly ConcurrentDictionary<ExtensionKey, KnownAor> _known = new();
    private readonly Lock _gate = new();
    private readonly PriorityQueue<KnownAor, DateTimeOffset> _refreshed = new();
    private readonly EarliestEnd _earliest = new();

    /// <summary>AORs whose refreshes are answered here.</summary>
    public int Count => _known.Count;

    /// <summary>Takes over all bindings of an AOR as its grain gave them. With a device on another node refreshes go to the grain.</summary>
    public void Learn(ExtensionKey key, ImmutableArray<Binding> bindings)
    {
        if (bindings.Length == 0 || !bindings.All(b => b.Flow.Id.Node == node.Name))
        {
            Forget(key);
            return;
        }

        var old = _known.GetValueOrDefault(key);
        _known[key] = new KnownAor(key, bindings, old, clock.GetUtcNow());
        _earliest.Include(bindings.Max(b => b.Expires));
        // Whoever keeps it looks the new one up.
        if (old is not null)
            Close(old);
    }

    /// <summary>The AOR, if all its bindings are on this node; null else.</summary>
    public KnownAor? Find(ExtensionKey key) => _known.GetValueOrDefault(key);

    /// <summary>How the AOR's extension can be called, if that is known; null when its grain must be asked.</summary>
    public KnownReach? FindReach(ExtensionKey key) => Find(key)?.FindReach(clock.GetUtcNow());

    /// <summary>The AOR or its extension changed elsewhere: the next REGISTER goes to the grain.</summary>
    public void Forget(ExtensionKey key)
    {
        if (!_known.TryGetValue(key, out var aor))
            return;

        Close(aor);
        var now = clock.GetUtcNow();
        if (aor.IsOver(now))
            _known.TryRemove(new(key, aor));
        else
            _earliest.Include(now);
    }

    /// <summary>The tenant is gone.</summary>
    public void Forget(TenantId tenant)
    {
        foreach (var key in _known.Keys.Where(key => key.Tenant == tenant))
            Forget(key);
    }

    /// <summary>Answers a REGISTER if it is a mere refresh; false when the grain must decide.</summary>
    public bool TryRefresh(ExtensionKey key, RegisterCommand command, [NotNullWhen(true)] out BindingSet? set)
    {
        set = null;
        var now = clock.GetUtcNow();
        if (command is not { RemoveAll: false, Contacts: [{ Lifetime.Ticks: > 0 } wish] }
            || !_known.TryGetValue(key, out var aor)
            || aor.Refresh(wish, command, now, out var due) != Refreshed.Extended)
            return false;

        Note(aor, due);
        set = aor.ToSet(now);
        return true;
    }

    /// <summary>Remembers what a REGISTER that was carried out looked like: the next one of that shape is answered without reading it.</summary>
    public void Remember(ExtensionKey key, ulong? shape, TenantView tenant, RegisterWish wish, RegisterCommand command)
    {
        if (shape is { } known && wish is { RemoveAll: false, Contacts: [{ Lifetime.Ticks: > 0 }] } && _known.TryGetValue(key, out var aor))
            aor.Remember(known, tenant, wish, command);
    }

    /// <summary>
    /// Answers a REGISTER that looks like the last one, without allocating; null when somebody else must decide.
    /// </summary>
    /// <param name="key">The AOR.</param>
    /// <param name="admitted">Its phone, with what was found the last time.</param>
    /// <param name="repeat">The request.</param>
    /// <param name="isReplay">Whether its credentials were used before: then it is answered only if it is a retransmission.</param>
    /// <param name="isExtended">Whether the binding lasts longer than before.</param>
    public KnownAor? TryRefresh(
        ExtensionKey key, AdmittedRequest admitted, in RegisterRepeat repeat, bool isReplay, out bool isExtended)
    {
        isExtended = false;
        if (admitted.Aor is null or { IsClosed: true })
            admitted.Aor = _known.GetValueOrDefault(key);
        if (admitted.Aor is not { } aor)
            return null;

        var refreshed = aor.Refresh(repeat, mayExtend: !isReplay, clock.GetUtcNow(), out var due);
        // New credentials for an old request: its order is the grain's affair.
        if (refreshed == Refreshed.No || (refreshed == Refreshed.Repeated && !isReplay))
            return null;

        isExtended = refreshed == Refreshed.Extended;
        Note(aor, due);
        return aor;
    }

    /// <summary>Tells the grains what they must know by now; called once a second, by one caller.</summary>
    /// <param name="all">Whether they are to be told everything, since the node stops.</param>
    /// <param name="stop">Ends it early; the rest is told the next time.</param>
    public async Task Report(bool all, CancellationToken stop)
    {
        ForgetWhatIsOver();
        var due = TakeDue(all);
        if (due.Count == 0)
            return;

        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxReports, CancellationToken = stop };
        await Parallel.ForEachAsync(due, options, async (aor, _) => await Report(aor));
    }

    /// <summary>Tells one AOR's grain, before it is asked something that depends on the order of REGISTERs.</summary>
    public Task Report(ExtensionKey key) => _known.TryGetValue(key, out var aor) ? Report(aor) : Task.CompletedTask;

    private async Task Report(KnownAor aor)
    {
        var lines = aor.TakeUnreported();
        if (lines.IsEmpty)
            return;

        try
        {
            var held = await grains.GetGrain<IExtensionGrain>(aor.Key.ToString()).Refresh(new BindingRefresh(lines, node.Incarnation));
            // News of it were lost: what its grain does not hold would be refreshed here for ever, and a device elsewhere never be called.
            if (!aor.HasDevices(held.Bindings, clock.GetUtcNow()))
                Forget(aor.Key);
        }
        catch (Exception e)
        {
            // Storage is away: what was answered stays answered, and is reported with what comes next.
            LogNotReported(aor.Key.Username, e);
            aor.PutBack(lines);
            Note(aor, DateTimeOffset.MinValue);
        }
    }

    private void Close(KnownAor aor)
    {
        if (aor.Close())
            Note(aor, DateTimeOffset.MinValue);
    }

    private void Note(KnownAor aor, DateTimeOffset? due)
    {
        if (due is not { } moment)
            return;

        lock (_gate)
            _refreshed.Enqueue(aor, moment);
    }

    private List<KnownAor> TakeDue(bool all)
    {
        var now = clock.GetUtcNow();
        var due = new List<KnownAor>();
        lock (_gate)
        {
            while (_refreshed.TryPeek(out var aor, out var moment) && (all || moment <= now))
            {
                _refreshed.Dequeue();
                // It may have been told since, and have more for later.
                if (all || aor.IsDue(now))
                    due.Add(aor);
            }
        }

        return due;
    }

    private void ForgetWhatIsOver()
    {
        var now = clock.GetUtcNow();
        if (!_earliest.IsPast(now))
            return;

        foreach (var (key, aor) in _known)
        {
            if (!aor.IsOver(now))
                _earliest.Include(aor.End);
            else if (_known.TryRemove(new(key, aor)))
                aor.Close();
        }
    }

    [LoggerMessage(4024, LogLevel.Warning, "The refreshes of {Username} could not be reported yet")]
    private partial void LogNotReported(string username, Exception exception);
}
