using Microsoft.AspNetCore.Builder;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Silo.Tests.Clusters;

/// <summary>One silo with its gateway in this process, composed as the product composes it.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ClusterNode(WebApplication app, HostPorts ports)
    {
        _app = app;
        Ports = ports;
        Rest = new RestClient(new Uri($"http://127.0.0.1:{ports.Http}"));
    }

    public HostPorts Ports { get; }

    public RestClient Rest { get; }

    public static async Task<ClusterNode> Start(string name, ClusterPlan plan, int siloPort)
    {
        var ports = new HostPorts();
        string[] args =
        [
            "--data", plan.Data, "--bind", "127.0.0.1", "--http", $"{ports.Http}", "--https", "0", "--sip", $"{ports.Sip}",
            "--sips", "-1", "--rtp", ports.Rtp, "--domain", HostProcess.Domain, "--storage", plan.Azurite.ConnectionString,
            "--admin-password", HostProcess.AdminPassword, "--api-password", HostProcess.ApiPassword,
            "--Storage:TablePrefix", plan.TablePrefix, "--Node:Name", name, "--Gateway:Loops", "2",
            "--Silo:ClusterId", plan.ClusterId, "--Silo:SiloPort", $"{siloPort}", "--Silo:PrimarySilo", $"127.0.0.1:{plan.PrimaryPort}",
        ];
        var node = new ClusterNode(SiloApplication.Build(args), ports);
        await node._app.StartAsync(TestContext.Current.CancellationToken);
        await node.Rest.SignIn("admin", HostProcess.AdminPassword);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Ports.Dispose();
    }
}
