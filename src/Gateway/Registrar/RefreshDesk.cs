using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// Answers refreshes on behalf of the grains: a REGISTER that repeats a binding of this node on its own flow changes only its end,
/// Call-ID and CSeq. What was answered is reported to the grains within a second, in one call an AOR; stored bindings last longer than
/// granted by more than that, so a crash in between loses nobody.
/// </summary>
internal sealed partial class RefreshDesk(
    NodeIdentity node, IGrainFactory grains, TimeProvider clock, ILogger<RefreshDesk> logger)
{
    /// <summary>Reports under way at a time.</summary>
    private const int MaxReports = 32;

    private readonly ConcurrentDictionary<ExtensionKey, ImmutableArray<Binding>> _known = new();
    private readonly ConcurrentDictionary<ExtensionKey, ImmutableDictionary<string, RefreshedBinding>> _unreported = new();

    /// <summary>AORs whose refreshes are answered here.</summary>
    public int Count => _known.Count;

    /// <summary>Takes over all bindings of an AOR as its grain gave them. With a device on another node refreshes go to the grain.</summary>
    public void Learn(ExtensionKey key, ImmutableArray<Binding> bindings)
    {
        if (bindings.Length > 0 && bindings.All(b => b.Flow.Id.Node == node.Name))
            _known[key] = bindings;
        else
            Forget(key);
    }

    /// <summary>The AOR or its extension changed elsewhere: the next REGISTER goes to the grain.</summary>
    public void Forget(ExtensionKey key) => _known.TryRemove(key, out _);

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
        if (command is not { RemoveAll: false, Contacts: [{ Lifetime.Ticks: > 0 } wish] } || !_known.TryGetValue(key, out var bindings))
            return false;

        var index = bindings.IndexOf(bindings.FirstOrDefault(b => IsRepeatedBy(b, wish, command) && b.Expires > now)!);
        if (index < 0)
            return false;

        var refreshed = bindings[index] with { Expires = now + wish.Lifetime, CallId = command.CallId, CSeq = command.CSeq };
        var next = bindings.SetItem(index, refreshed);
        // Somebody else changed the AOR in this moment: the grain sees the order of things.
        if (!_known.TryUpdate(key, next, bindings))
            return false;

        var line = new RefreshedBinding(refreshed.Contact, refreshed.Expires, refreshed.CallId, refreshed.CSeq);
        _unreported.AddOrUpdate(
            key,
            static (_, line) => ImmutableDictionary<string, RefreshedBinding>.Empty.Add(line.Contact, line),
            static (_, lines, line) => lines.SetItem(line.Contact, line),
            line);
        set = new BindingSet([.. next.Where(b => b.Expires > now)]);
        return true;
    }

    /// <summary>Tells the grains what was answered since the last time; called once a second.</summary>
    public async Task Report(CancellationToken stop)
    {
        ForgetExpired();
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxReports, CancellationToken = stop };
        await Parallel.ForEachAsync(_unreported.Keys, options, async (key, _) => await Report(key));
    }

    /// <summary>Tells one AOR's grain, before it is asked something that depends on the order of REGISTERs.</summary>
    public async Task Report(ExtensionKey key)
    {
        if (!_unreported.TryRemove(key, out var lines))
            return;

        try
        {
            var refresh = new BindingRefresh([.. lines.Values], node.Incarnation);
            var held = await grains.GetGrain<IExtensionGrain>(key.ToString()).Refresh(refresh);
            // A binding that its grain does not hold would be refreshed here for ever and never be called.
            if (lines.Keys.Any(contact => held.Bindings.All(b => b.Contact != contact)))
                Forget(key);
        }
        catch (Exception e)
        {
            // Storage is away: what was answered stays answered, and is reported with what comes next.
            LogNotReported(key.Username, e);
            _unreported.AddOrUpdate(
                key, static (_, old) => old, static (_, newer, old) => old.SetItems(newer), lines);
        }
    }

    private void ForgetExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, bindings) in _known)
        {
            if (bindings.All(b => b.Expires <= now))
                _known.TryRemove(new(key, bindings));
        }
    }

    /// <summary>Architecture: same contact, flow, instance and Path; RFC 3261 §10.3 step 7: within a Call-ID only a higher CSeq counts.</summary>
    private static bool IsRepeatedBy(Binding binding, ContactWish wish, RegisterCommand command) =>
        binding.Contact == wish.Uri
        && binding.Flow == command.Flow
        && binding.InstanceId == wish.InstanceId
        && binding.RegId == wish.RegId
        && binding.Q == wish.Q
        && binding.UserAgent == command.UserAgent
        && binding.Path.AsSpan().SequenceEqual(command.Path.AsSpan())
        && (binding.CallId != command.CallId || command.CSeq > binding.CSeq);

    [LoggerMessage(4024, LogLevel.Warning, "The refreshes of {Username} could not be reported yet")]
    private partial void LogNotReported(string username, Exception exception);
}
