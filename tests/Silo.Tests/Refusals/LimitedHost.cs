using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>A host that waits for nobody: what begins has a second to be complete, and an address has few connections.</summary>
public sealed class LimitedHost(HostFixture fixture) : IAsyncLifetime
{
    /// <summary>Connections that one address may have: ten of SIP and a hundred more of any kind.</summary>
    public const int MaxConnections = 10 + 100;

    private HostProcess? _host;

    public HostProcess Host => _host!;

    public async ValueTask InitializeAsync() => _host = await HostProcess.Start(fixture.Azurite, new HostOptions
    {
        Environment = new Dictionary<string, string?>
        {
            ["Sip__Limits__FirstMessageTimeout"] = "00:00:01",
            ["Sip__Limits__MessageTimeout"] = "00:00:01",
            ["Sip__Limits__MaxConnectionsPerAddress"] = "10",
        },
    });

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
