using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Testing.Names;

/// <summary>A real name server (nsd) with one zone, on a loopback port of its own, for UDP and TCP.</summary>
public sealed class NameServer : IAsyncDisposable
{
    /// <summary>The zone it serves.</summary>
    public const string Zone = "example.test";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private readonly TestFolder _folder;
    private readonly ChildProcess _process;

    private NameServer(TestFolder folder, ChildProcess process, int port)
    {
        _folder = folder;
        _process = process;
        Address = $"127.0.0.1:{port}";
    }

    /// <summary>Where it answers, as the setting <c>Dns:Servers</c> takes it.</summary>
    public string Address { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="records">Lines of the zone below its SOA and NS; names are relative to <see cref="Zone"/>.</param>
    public static async Task<NameServer> Start(params string[] records)
    {
        var folder = new TestFolder("nsd");
        var port = PortBlock.Take(2).First;
        await File.WriteAllTextAsync(folder.Combine("example.zone"), ZoneFile(records));
        await File.WriteAllTextAsync(folder.Combine("nsd.conf"), Configuration(folder, port));
        var process = ChildProcess.Start(Installed.Demand("nsd", "nsd"), ["-d", "-c", folder.Combine("nsd.conf")]);
        var server = new NameServer(folder, process, port);
        try
        {
            await process.WaitForLine(line => line.Contains("nsd started", StringComparison.Ordinal), StartDeadline);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it: from now on nobody answers there.</summary>
    public Task Stop() => _process.Stop();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string ZoneFile(string[] records) => $"""
        $ORIGIN {Zone}.
        $TTL 300
        @ IN SOA ns host 1 3600 600 86400 60
        @ IN NS ns
        ns IN A 127.0.0.1
        {string.Join('\n', records)}

        """;

    private static string Configuration(TestFolder folder, int port) => $"""
        server:
          ip-address: 127.0.0.1@{port}
          username: ""
          chroot: ""
          zonesdir: "{folder.Path}"
          database: ""
          pidfile: "{folder.Combine("nsd.pid")}"
          xfrdfile: "{folder.Combine("xfrd.state")}"
          zonelistfile: "{folder.Combine("zone.list")}"
          server-count: 1
        remote-control:
          control-enable: no
        zone:
          name: "{Zone}"
          zonefile: "example.zone"

        """;
}
