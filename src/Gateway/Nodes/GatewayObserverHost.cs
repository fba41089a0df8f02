using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Tracing;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>What grains tell this gateway, turned into work for its caches and loops.</summary>
internal sealed class GatewayObserverHost(
    TenantViews tenants, CredentialCache credentials, NodeRegistrations registrations, KeepAlives keepAlives, RefreshDesk refreshes, FlowFinder flows,
    CallTable calls, GatewayReceiver receiver, CarriedMessages carried, IGrainFactory grains, NodeIdentity node, SipLimits limits, NodeDrain drain, CallTraces traces,
    TimeProvider clock) : IGatewayObserver
{
    public Task OnNews(TenantNews news)
    {
        tenants.Take(news);
        if (news.Removed)
        {
            credentials.Forget(news.Tenant);
            refreshes.Forget(news.Tenant);
            calls.HangUpAll(news.Tenant, "The tenant was removed.");
        }

        if (news.Extension is { } extension)
        {
            credentials.Forget(new ExtensionKey(news.Tenant, extension));
            refreshes.Forget(new ExtensionKey(news.Tenant, extension));
        }

        if (news.BindingsCleared is { } cleared)
            _ = ReadAgain(new ExtensionKey(news.Tenant, cleared));
        return Task.CompletedTask;
    }

    public Task OnSend(FlowAddress flow, SipBytes message)
    {
        carried.Send(flow, message);
        return Task.CompletedTask;
    }

    public Task OnReceive(FlowAddress flow, SipBytes message)
    {
        var received = new SipMessage();
        if (received.TryParse(message.Bytes.ToArray(), limits, out _) && flows.Find(flow) is { } way)
            receiver.Deliver(way, received);
        return Task.CompletedTask;
    }

    public Task OnDrain(TimeSpan? within)
    {
        _ = drain.Begin(clock.GetUtcNow() + within);
        return Task.CompletedTask;
    }

    public Task OnDrainTakenBack()
    {
        drain.TakeBack();
        return Task.CompletedTask;
    }

    public Task OnHangUp(Guid call, string reason)
    {
        calls.HangUp(call, reason);
        return Task.CompletedTask;
    }

    public Task OnFindCallsOver(string other, Guid ticket)
    {
        _ = Task.Run(async () => await grains.GetGrain<IGatewayGrain>(node.Name).TakeCallsOver(ticket, await calls.FindOver(other)));
        return Task.CompletedTask;
    }

    public Task OnHangUpCallsOver(string other, string reason)
    {
        calls.HangUpOver(other, reason);
        return Task.CompletedTask;
    }

    public Task OnHasCall(SoughtCall call, Guid ticket)
    {
        // On the pool: all calls are looked at.
        _ = Task.Run(() => grains.GetGrain<IGatewayGrain>(node.Name).TakeHasCall(ticket, calls.Find(call) is not null));
        return Task.CompletedTask;
    }

    public Task OnFindProgress(Guid call, Guid ticket)
    {
        _ = Task.Run(async () => await grains.GetGrain<IGatewayGrain>(node.Name).TakeProgress(ticket, await calls.FindProgress(call)));
        return Task.CompletedTask;
    }

    public Task OnFindTrace(TraceQuery query, Guid ticket)
    {
        // On the pool: megabytes are searched.
        _ = Task.Run(() => grains.GetGrain<IGatewayGrain>(node.Name).TakeTrace(ticket, traces.Find(query)));
        return Task.CompletedTask;
    }

    private async Task ReadAgain(ExtensionKey key)
    {
        refreshes.Forget(key);
        var bindings = await grains.GetGrain<IExtensionGrain>(key.ToString()).GetBindings();
        registrations.Update(key, node.Name, bindings.Bindings);
        keepAlives.Update(key, bindings.Bindings);
    }
}
