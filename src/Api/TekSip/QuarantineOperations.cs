using TekSipCloud.Api.Http;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 18 and 19.</summary>
internal sealed class QuarantineOperations(IGrainFactory grains) : ITekSipOperations
{
    public string Path => "/quarantine";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.ListQuarantineEntry] = List,
            [TekSipOperation.RemoveQuarantineEntry] = Remove,
        };

    private async Task<object> List(TekSipCall call)
    {
        var entries = await grains.Quarantine(call.Tenant).List();
        return entries.Select(entry => new TekSipQuarantineEntry(entry.Entered, entry.Address, entry.UserAgent)).ToArray();
    }

    private async Task<object> Remove(TekSipCall call)
    {
        var address = call.Fields.Text("Address");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        var quarantine = grains.Quarantine(call.Tenant);
        if (address.Length == 0)
        {
            await quarantine.Clear();
            return call.Done("Quarantine table is cleared.");
        }

        var result = await quarantine.Remove(address);
        if (result.Problem is not { } problem)
            return call.Done($"Quarantine entry '{address}' is cleared");

        return problem.Kind == ProblemKind.NotFound
            ? call.Refuse($"Quarantine entry '{address}' does not exist.")
            : call.Refuse(problem);
    }
}
