using Xunit;

namespace TekSipCloud.Testing.Hosts;

/// <summary>One host over one Azurite, on both loopbacks where there are two, for every test of an assembly that does not need a host to itself.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private HostProcess? _host;

    /// <summary>For tests that start hosts of their own.</summary>
    public AzuriteFixture Azurite { get; } = new();

    /// <summary>The shared host.</summary>
    public HostProcess Host => _host!;

    public async ValueTask InitializeAsync()
    {
        await Azurite.InitializeAsync();
        _host = await HostProcess.Start(Azurite, new HostOptions { Bind = Ipv6Loopback.IsThere ? "127.0.0.1,::1" : "127.0.0.1" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}
