using System.Collections.Concurrent;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The calls of all loops by id. Thread-safe.</summary>
internal sealed class CallTable
{
    private readonly ConcurrentDictionary<Guid, Call> _calls = new();

    public int Count => _calls.Count;

    public IEnumerable<Call> All => _calls.Values;

    public void Add(Call call) => _calls[call.Id] = call;

    public void Remove(Call call) => _calls.TryRemove(call.Id, out _);

    /// <summary>Ends a call on its loop; nothing happens when it is over already.</summary>
    public void HangUp(Guid id, string reason)
    {
        if (_calls.TryGetValue(id, out var call))
            call.Gateway.Loop.Post(() => call.HangUp(reason));
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
