using System.Reflection;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Api.Nodes;

/// <summary>Gathers what the console shows of this process and its cluster.</summary>
internal sealed class SystemFacts(
    NodeIdentity node, INodeLeases leases, IEnumerable<ISipListeners> listeners, IEnumerable<IServerCertificates> certificates,
    CallerTenants tenants, IGrainFactory grains, TimeProvider clock)
{
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public async Task<SystemDto> Gather(Caller caller, CancellationToken cancel)
    {
        var visible = await tenants.List(caller, cancel);
        var known = await leases.List(cancel);
        var now = clock.GetUtcNow();
        var grainHost = typeof(IGrainFactory).Assembly.GetName();

        return new(
            VersionOf(typeof(SystemFacts).Assembly),
            node.Name,
            _started,
            $"{grainHost.Name} {grainHost.Version?.ToString(3)}",
            [.. visible.SelectMany(tenant => tenant.Domains).Order(StringComparer.Ordinal)],
            [.. listeners.SelectMany(l => l.Open).Select(l => new SipListenerDto(l.Transport, l.Address, l.Port))],
            caller.Role == Role.Operator ? [.. certificates.SelectMany(c => c.All).Select(CertificateDto.From)] : [],
            await Task.WhenAll(known.Select(lease => Describe(lease, now))));
    }

    private async Task<NodeDto> Describe(NodeLease lease, DateTimeOffset now)
    {
        var isAlive = lease.Expires > now;
        var state = isAlive ? await grains.Gateway(lease.Name).GetState() : null;
        return new(lease.Name, lease.Incarnation, isAlive, lease.Expires, GatewayStateDto.From(state));
    }

    // The build adds "+commit" to the informational version.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
