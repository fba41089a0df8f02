using System.Collections.Concurrent;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests;

/// <summary>The ear of the node's gateway for what grains tell it to hang up: one for all tests, since a node has one gateway.</summary>
internal sealed class HungUp : IGatewayObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _calls = new();

    /// <summary>Ends when the gateway has been told to hang up this call.</summary>
    public Task Of(Guid call) => Told(call).Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    public Task OnNews(TenantNews news) => Task.CompletedTask;

    public Task OnSend(FlowAddress flow, SipBytes message) => Task.CompletedTask;

    public Task OnReceive(FlowAddress flow, SipBytes message) => Task.CompletedTask;

    public Task OnDrain(TimeSpan? within) => Task.CompletedTask;

    public Task OnDrainTakenBack() => Task.CompletedTask;

    public Task OnFindCallsOver(string node, Guid ticket) => Task.CompletedTask;

    public Task OnHangUpCallsOver(string node, string reason) => Task.CompletedTask;

    /// <summary>What it says when it is asked how calls go.</summary>
    public Func<Guid, Guid, Task>? Progress { get; set; }

    public Task OnHasCall(SoughtCall call, Guid ticket) => Task.CompletedTask;

    public Task OnFindProgress(Guid call, Guid ticket) => Progress?.Invoke(call, ticket) ?? Task.CompletedTask;

    public Task OnFindTrace(TraceQuery query, Guid ticket) => Task.CompletedTask;

    public Task OnHangUp(Guid call, string reason)
    {
        Told(call).TrySetResult();
        return Task.CompletedTask;
    }

    private TaskCompletionSource Told(Guid call) =>
        _calls.GetOrAdd(call, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
