using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TekSipCloud.Gateway;
using TekSipCloud.Silo.Connections;

namespace TekSipCloud.Silo.Tests.Connections;

/// <summary>The bound of a source on connections of any kind; with sockets it is shown by <see cref="Refusals.SlowConnectionTests"/>.</summary>
public sealed class ConnectionGateTests : IDisposable
{
    /// <summary>One of SIP and a hundred more.</summary>
    private const int Most = 101;

    private readonly TaskCompletionSource _end = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ConnectionGate _gate;

    public ConnectionGateTests() => _gate = new ConnectionGate(
        Options.Create(new SipLimitsOptions { MaxConnectionsPerAddress = 1 }), Options.Create(new SiloOptions()),
        _services.GetRequiredService<IMeterFactory>());

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", "192.0.2.2")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2")]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:a::b", "2001:db8:0:2::1")]
    public async Task A_source_with_too_many_connections_gets_no_more_until_one_ends(string first, string same, string other)
    {
        var open = Enumerable.Range(0, Most).Select(_ => Pass(first)).ToArray();
        Assert.All(open, connection => Assert.False(connection.IsCompleted));

        Assert.True(Pass(same).IsCompletedSuccessfully);
        Assert.False(Pass(other).IsCompleted);
        _end.SetResult();
        await Task.WhenAll(open);
        Assert.True(await IsLetIn(same));
    }

    /// <summary>Ends when the connection does; at once when it is refused.</summary>
    private Task Pass(string address) => _gate.Pass(Connection(address), _ => _end.Task);

    private async Task<bool> IsLetIn(string address)
    {
        var isLetIn = false;
        await _gate.Pass(Connection(address), _ => Task.FromResult(isLetIn = true));
        return isLetIn;
    }

    private static DefaultConnectionContext Connection(string address) => new() { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 5060) };
}
