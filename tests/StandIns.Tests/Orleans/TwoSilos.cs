using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Two silos of one cluster that the tests of a class share.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    private SiloHosts? _hosts;

    public async ValueTask InitializeAsync() => _hosts = await SiloHosts.Start(2);

    public ValueTask DisposeAsync() => _hosts!.DisposeAsync();

    public IGrainFactory Grains(int silo) => _hosts!.Grains(silo);

    /// <summary>A new grain that lives on silo 0, as called from silo <paramref name="caller"/>.</summary>
    internal async Task<T> New<T>(int caller) where T : IPlaced
    {
        var key = Guid.NewGuid().ToString("N");
        var home = await _hosts!.Grains(0).GetGrain<T>(key).Where().Soon();
        Assert.Equal(_hosts.Address(0), home);
        return _hosts.Grains(caller).GetGrain<T>(key);
    }
}
