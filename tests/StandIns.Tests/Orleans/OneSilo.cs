namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>A silo that the tests of a class share.</summary>
public sealed class OneSilo : IAsyncLifetime
{
    private SiloHosts? _hosts;

    public IGrainFactory Grains => _hosts!.Grains(0);

    internal IServiceProvider Services => _hosts![0].Services;

    public T Get<T>(string? key = null) where T : IGrainWithStringKey =>
        Grains.GetGrain<T>(key ?? Guid.NewGuid().ToString("N"));

    public async ValueTask InitializeAsync() => _hosts = await SiloHosts.Start(1);

    public ValueTask DisposeAsync() => _hosts!.DisposeAsync();
}
