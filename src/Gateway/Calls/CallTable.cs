using System.Collections.Concurrent;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The calls of all loops by id. Thread-safe.</summary>
internal sealed class CallTable
{
    private readonly ConcurrentDictionary<Guid, Call> _calls = new();

    public int Count => _calls.Count;

    public void Add(Call call) => _calls[call.Id] = call;

    public void Remove(Call call) => _calls.TryRemove(call.Id, out _);

    /// <summary>Ends a call on its loop; nothing happens when it is over already.</summary>
    public void HangUp(Guid id, string reason)
    {
        if (_calls.TryGetValue(id, out var call))
            call.Gateway.Loop.Post(() => call.HangUp(reason));
    }

    /// <summary>Ends every call: the gateway stops.</summary>
    public void HangUpAll(string reason)
    {
        foreach (var id in _calls.Keys)
            HangUp(id, reason);
    }
}
