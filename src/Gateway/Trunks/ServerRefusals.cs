using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Tls;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>
/// TLS servers that were not believed, told in the event logs of the tenants whose destinations they are: the same reason once in ten minutes, so
/// that a busy route does not fill the log. Thread-safe.
/// </summary>
internal sealed class ServerRefusals(TenantViews tenants, IEventLog events, TimeProvider clock)
{
    private const int MaxTold = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(TenantId Tenant, string Destination, string Reason), long> _told = [];

    /// <summary>The trust that a destination's settings ask for.</summary>
    public static ServerTrust TrustOf(Destination destination) => new(destination.TlsAuthorities, destination.TlsWildcards);

    public void Add(SipTarget target, string reason)
    {
        foreach (var tenant in tenants.All)
        {
            foreach (var destination in tenant.DialPlan.Destinations.Select(d => d.Destination).Where(d => IsOf(d, target)))
            {
                if (IsNews((tenant.Id, destination.Name, reason)))
                    events.Write(tenant.Id, EventType.Warning, $"No TLS with destination {destination.Name} at {target.Remote}: {reason}");
            }
        }
    }

    private static bool IsOf(Destination destination, SipTarget target) =>
        destination is { Enabled: true, Transport: Transport.Tls }
        && destination.Gateway.Equals(target.ServerName, StringComparison.OrdinalIgnoreCase)
        && TrustOf(destination) == (target.Trust ?? ServerTrust.System);

    private bool IsNews((TenantId, string, string) refusal)
    {
        lock (_lock)
        {
            if (_told.TryGetValue(refusal, out var when) && clock.GetElapsedTime(when) < Pause)
                return false;

            if (_told.Count >= MaxTold)
                _told.Clear();
            _told[refusal] = clock.GetTimestamp();
            return true;
        }
    }
}
