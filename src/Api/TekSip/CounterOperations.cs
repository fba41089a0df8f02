using System.Globalization;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Counters;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 11 and 12.</summary>
internal sealed class CounterOperations(IGrainFactory grains) : ITekSipOperations
{
    public string Path => "/counters";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.ReadCounters] = Read,
            [TekSipOperation.ClearCounters] = Clear,
        };

    private async Task<object> Read(TekSipCall call)
    {
        var values = await grains.Counters(call.Tenant).Read();
        return CounterNames.All.Select((name, i) =>
            new TekSipCounter(name, (i < values.Length ? values[i] : 0).ToString(CultureInfo.InvariantCulture))).ToArray();
    }

    private async Task<object> Clear(TekSipCall call)
    {
        await grains.Counters(call.Tenant).Clear();
        return call.Done("Counters are cleared");
    }
}
