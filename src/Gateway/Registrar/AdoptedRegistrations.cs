using System.Text;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// Takes over the bindings that an earlier start of this node left: UDP phones are called as before; what was bound to a connection
/// is dropped, unless its Contact is the address it registered from, where a new connection may be tried.
/// </summary>
internal sealed partial class AdoptedRegistrations(
    IRegistrationList list, NodeIdentity node, NodeRegistrations registrations, KeepAlives keepAlives, TenantViews tenants, IGrainFactory grains,
    ILogger<AdoptedRegistrations> logger)
{
    public async Task Load(CancellationToken cancel)
    {
        var adopted = 0;
        await foreach (var aor in list.ListByNode(node.Name, cancel))
        {
            if (tenants.Find(aor.Tenant) is not { Settings.SaveRegistrations: true })
                continue;

            var key = new ExtensionKey(aor.Tenant, aor.Username);
            var lost = aor.Bindings.Where(IsLost).ToArray();
            foreach (var flow in lost.Select(b => b.Flow.Id).Distinct())
                await grains.GetGrain<IExtensionGrain>(key.ToString()).Disconnect(flow);

            var kept = aor.Bindings.RemoveRange(lost);
            registrations.Update(key, node.Name, kept);
            keepAlives.Update(key, kept);
            adopted++;
        }

        if (adopted > 0)
            LogAdopted(adopted);
    }

    private bool IsLost(Binding binding)
    {
        var flow = binding.Flow;
        if (flow.Id.Node != node.Name || flow.Id.Connection == 0 || flow.Id.Incarnation == node.Incarnation)
            return false;

        return !SipUri.TryParse(Encoding.UTF8.GetBytes(binding.Contact), out var uri, out _)
            || Encoding.UTF8.GetString(uri.Host).Trim('[', ']') != flow.RemoteAddress;
    }

    [LoggerMessage(4023, LogLevel.Information, "{Count} registrations were taken over from before the restart")]
    private partial void LogAdopted(int count);
}
