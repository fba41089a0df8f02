using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Strangers;

/// <summary>A host for one class alone: all of its media ports are shot at.</summary>
public sealed class OwnHost(HostFixture shared) : IAsyncLifetime
{
    private HostProcess? _host;

    public HostProcess Host => _host!;

    public async ValueTask InitializeAsync() => _host = await HostProcess.Start(shared.Azurite);

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
