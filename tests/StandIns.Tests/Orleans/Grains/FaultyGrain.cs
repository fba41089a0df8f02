using Orleans.Placement;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[PreferLocalPlacement]
internal sealed class FaultyGrain(ILocalSiloDetails silo) : Placed(silo), IFaultyGrain
{
    public async Task Refuse(int code)
    {
        await Task.Yield();
        throw new Refusal("Refused.", code);
    }

    public Task<int> Divide(int by) => Task.FromResult(100 / by);

    public async ValueTask<int> DivideLater(int by)
    {
        await Task.Yield();
        return 100 / by;
    }

    public Task Nest() => throw new InvalidOperationException("outer", new NotSupportedException("inner"));
}
