using System.Collections.Concurrent;
using System.Collections.Immutable;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>Brings registrations to the loop that keeps their ways open, and knows what is sent for whom. Thread-safe.</summary>
internal sealed class KeepAlives(CredentialCache credentials)
{
    /// <summary>Registrations that were taken over before the loops were there.</summary>
    private readonly ConcurrentQueue<Work> _early = new();

    private LoopGateway[] _gateways = [];
    private int _hadSome;

    /// <summary>Begins.</summary>
    public void Open(IEnumerable<LoopGateway> gateways)
    {
        _gateways = [.. gateways];
        while (_early.TryDequeue(out var work))
            Post(work);
    }

    /// <summary>Takes over what is registered for an extension now.</summary>
    public void Update(ExtensionKey key, ImmutableArray<Binding> bindings)
    {
        // Where no phone is behind a NAT nothing is posted for any.
        if (!bindings.Any(KeepAliveRules.IsBehindNat))
        {
            if (Volatile.Read(ref _hadSome) == 0)
                return;
        }
        else
        {
            Volatile.Write(ref _hadSome, 1);
        }

        Post(new(key, bindings));
    }

    /// <summary>What keeps the ways to an extension's phones open.</summary>
    public KeepAlive Of(ExtensionKey key, TenantSettings settings) =>
        credentials.TryLook(new ExtensionName(key.Tenant, key.Username), out var known) && known.Credentials?.Extension.KeepAlive is { } own
            ? own
            : settings.KeepAlive;

    private void Post(Work work)
    {
        if (_gateways.Length == 0)
        {
            _early.Enqueue(work);
            return;
        }

        var gateway = _gateways[(uint)work.Key.GetHashCode() % (uint)_gateways.Length];
        gateway.Loop.Post(
            static (gateway, work) => ((LoopGateway)gateway!).KeepAlives.Update(((Work)work!).Key, ((Work)work).Bindings), gateway, work);
    }

    private sealed record Work(ExtensionKey Key, ImmutableArray<Binding> Bindings);
}
