using System.Net;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.WebSockets;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Silo.Demo;

namespace TekSipCloud.Silo.Setup;

/// <summary>When everything has started: makes what a first run needs, then tells the person at the terminal where everything is.</summary>
internal sealed partial class SetupService(
    FirstRun firstRun,
    DemoTenant demo,
    SetupReadiness readiness,
    IEnumerable<ISipListeners> listeners,
    IOptions<SetupOptions> setup,
    IOptions<SiloOptions> silo,
    CertificateStore certificates,
    IGrainFactory grains,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ILogger<SetupService> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var address = Address();
            var secrets = await firstRun.Make(address);
            if (setup.Value.Demo)
                await demo.Make(cancellationToken);

            readiness.Done();
            await Announce(address, secrets);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<SipListener> Sip => listeners.SelectMany(l => l.Open);

    /// <summary>The address that phones are told; in a process without a gateway, the configured or bound one.</summary>
    private string Address() => Sip.FirstOrDefault()?.Address
        ?? (configuration["Gateway:External"] is { Length: > 0 } external ? external : (configuration["Gateway:Bind"] ?? "127.0.0.1").Split(',')[0]);

    private async Task Announce(string address, FirstRunSecrets secrets)
    {
        var tenant = await grains.GetGrain<ITenantGrain>(TenantId.Default.Value).Get();
        var lines = new List<string> { "" };
        if (silo.Value.HasApi)
        {
            lines.Add($"  Console   http://{Host(address)}:{silo.Value.HttpPort}/console/");
            if (silo.Value.HttpsPort > 0)
                lines.Add($"            https://{Host(address)}:{silo.Value.HttpsPort}/console/{(certificates.Default is { IsDevelopment: true } ? "  (development certificate)" : "")}");
        }

        foreach (var listener in Sip)
            lines.Add($"  SIP       {listener.Transport.ToString().ToUpperInvariant(),-4} {Place(listener)}");
        if (tenant.Value is { } found)
            lines.Add($"  Domain    {string.Join(", ", found.Value.Domains)}  (tenant default)");
        lines.AddRange(Credentials(secrets));
        lines.Add("");
        lines.Add("TekSIP Cloud is ready");
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
    }

    private static IEnumerable<string> Credentials(FirstRunSecrets secrets)
    {
        if (secrets.AdminPassword is { } admin)
            yield return $"  Sign in   {FirstRun.AdminName} / {admin}   (shown once)";
        if (secrets.ApiPassword is { } api)
            yield return $"  API       APIPassword {api}   (shown once)";
    }

    private static string Place(SipListener listener)
    {
        var place = $"{Host(listener.Address)}:{listener.Port}";
        return listener.Transport is Transport.Ws or Transport.Wss
            ? $"{listener.Transport.ToString().ToLowerInvariant()}://{place}{WebSocketEndpoint.Path}"
            : place;
    }

    private static string Host(string address) =>
        IPAddress.TryParse(address, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address;

    [LoggerMessage(7000, LogLevel.Critical, "The set-up failed; the process stops")]
    private partial void LogFailed(Exception exception);
}
