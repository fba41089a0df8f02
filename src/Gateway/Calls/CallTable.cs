using System.Collections.Concurrent;
using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The calls of all loops by id. Thread-safe.</summary>
internal sealed class CallTable
{
    private readonly ConcurrentDictionary<Guid, Call> _calls = new();

    public int Count => _calls.Count;

    public IEnumerable<Call> All => _calls.Values;

    /// <summary>The calls one by one, without a copy; those that begin or end meanwhile may be among them or not.</summary>
    public IEnumerable<Call> Now => _calls.Select(static pair => pair.Value);

    public void Add(Call call) => _calls[call.Id] = call;

    public void Remove(Call call) => _calls.TryRemove(call.Id, out _);

    /// <summary>A call that somebody wants to take over; null when it is not of this node.</summary>
    public Call? Find(SoughtCall sought) => sought.Extension is { } extension
        ? FindRinging(sought.Tenant, extension)
        : Now.FirstOrDefault(call => call.Tenant.Id == sought.Tenant && call.FindLeg(sought) is not null);

    /// <summary>The call of a tenant that rings longest at an extension; null for none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="extension">The extension.</param>
    /// <param name="gateway">The loop whose calls are meant; null for all.</param>
    public Call? FindRinging(TenantId tenant, string extension, LoopGateway? gateway = null)
    {
        Call? first = null;
        foreach (var call in Now)
        {
            var isMeant = (gateway is null || call.Gateway == gateway) && call.Tenant.Id == tenant && call.RingsAt(extension);
            if (isMeant && (first is null || call.Summary.Started < first.Summary.Started))
                first = call;
        }

        return first;
    }

    /// <summary>Ends a call on its loop; nothing happens when it is over already.</summary>
    public void HangUp(Guid id, string reason)
    {
        if (_calls.TryGetValue(id, out var call))
            call.Gateway.Loop.Post(() => call.HangUp(reason));
    }

    /// <summary>How a call goes, as its loop sees it; null when it is over, or its loop takes no more work.</summary>
    public Task<CallProgress?> FindProgress(Guid id)
    {
        var found = new TaskCompletionSource<CallProgress?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = _calls.TryGetValue(id, out var call)
            && call.Gateway.Loop.Post(() => found.SetResult(call.IsOver ? null : call.ReadProgress()));
        return isTaken ? found.Task : Task.FromResult<CallProgress?>(null);
    }

    /// <summary>Ends every call: the gateway stops.</summary>
    /// <returns>Done when every call is over, so that what they leave is in the outbox.</returns>
    public Task HangUpAll(string reason) => Task.WhenAll(_calls.Values.Select(call => HangUp(call, reason)));

    /// <summary>Ends every call of a tenant: it is gone.</summary>
    public void HangUpAll(TenantId tenant, string reason)
    {
        foreach (var call in _calls.Values.Where(call => call.Tenant.Id == tenant))
            _ = HangUp(call, reason);
    }

    /// <summary>The flows of another node that calls go over, once for each call.</summary>
    public async Task<ImmutableArray<FlowId>> FindOver(string node)
    {
        var found = await Task.WhenAll(_calls.Values.GroupBy(call => call.Gateway.Loop).Select(calls => FindOver(calls.Key, [.. calls], node)));
        return [.. found.SelectMany(flows => flows)];
    }

    /// <summary>Ends the calls that go over another node, which stops.</summary>
    public void HangUpOver(string node, string reason)
    {
        foreach (var call in _calls.Values)
        {
            call.Gateway.Loop.Post(() =>
            {
                if (call.WayOver(node) is not null)
                    call.HangUp(reason, CallEnd.System);
            });
        }
    }

    private static Task<FlowId[]> FindOver(SignallingLoop loop, Call[] calls, string node)
    {
        var found = new TaskCompletionSource<FlowId[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        // From a loop that is too full to say, no answer comes at all: none would be a wrong one.
        loop.Post(() => found.SetResult([.. calls.Where(call => !call.IsOver).Select(call => call.WayOver(node)).OfType<FlowId>()]));
        return found.Task;
    }

    private static Task HangUp(Call call, string reason)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = call.Gateway.Loop.Post(() =>
        {
            try
            {
                call.HangUp(reason, CallEnd.System);
            }
            finally
            {
                done.SetResult();
            }
        });
        return isTaken ? done.Task : Task.CompletedTask;
    }
}
