using TekSipCloud.Contracts.Events;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 9 and 10.</summary>
internal sealed class LogOperations(IEventLog events) : ITekSipOperations
{
    public string Path => "/log";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.ReadLogs] = Read,
            [TekSipOperation.ClearLogs] = Clear,
        };

    private async Task<object> Read(TekSipCall call)
    {
        var all = await TekSipPages.Gather(page => events.List(call.Tenant, page, call.Cancel));

        // The sample is in the order of time, storage gives the latest first.
        all.Reverse();
        return all.Select(entry => new TekSipLogEntry(entry.At, entry.Type.ToString(), entry.Message)).ToArray();
    }

    private async Task<object> Clear(TekSipCall call)
    {
        await events.Clear(call.Tenant, call.Cancel);
        return call.Done("Application log is cleared");
    }
}
