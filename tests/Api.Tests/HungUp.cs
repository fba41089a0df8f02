using System.Threading.Channels;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests;

/// <summary>A gateway's ear for what grains tell it to hang up.</summary>
internal sealed class HungUp : IGatewayObserver
{
    private readonly Channel<Guid> _calls = Channel.CreateUnbounded<Guid>();

    public async Task<Guid> Next() =>
        await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public Task OnNews(TenantNews news) => Task.CompletedTask;

    public Task OnSend(FlowAddress flow, SipBytes message) => Task.CompletedTask;

    public Task OnReceive(FlowAddress flow, SipBytes message) => Task.CompletedTask;

    public Task OnDrain(TimeSpan? within) => Task.CompletedTask;

    public Task OnDrainTakenBack() => Task.CompletedTask;

    public Task OnFindCallsOver(string node, Guid ticket) => Task.CompletedTask;

    public Task OnHangUpCallsOver(string node, string reason) => Task.CompletedTask;

    public Task OnFindTrace(TraceQuery query, Guid ticket) => Task.CompletedTask;

    public Task OnHangUp(Guid call, string reason)
    {
        _calls.Writer.TryWrite(call);
        return Task.CompletedTask;
    }
}
