using System.Net.NetworkInformation;

namespace TekSipCloud.Testing.Phones;

/// <summary>Speaks TLS for a program that speaks only TCP, such as sipp as Debian builds it: socat on a port of its own.</summary>
public sealed class TlsTunnel : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private readonly PortBlock _ports = PortBlock.Take(1);
    private readonly ChildProcess _process;

    private TlsTunnel(string program, string server, int tlsPort)
    {
        var family = server.Contains(':', StringComparison.Ordinal) ? "ip6" : "ip4";
        // The host shows a certificate of its own making, as to the phones of these tests.
        _process = ChildProcess.Start(
            program, [$"TCP-LISTEN:{Port},bind={server},pf={family},reuseaddr,fork", $"OPENSSL:{server}:{tlsPort},pf={family},verify=0"]);
    }

    /// <summary>Where it takes TCP connections.</summary>
    public int Port => _ports.First;

    /// <summary>Starts it before a server's TLS port and waits until it takes connections.</summary>
    /// <param name="server">The address, with brackets when it is of IPv6.</param>
    /// <param name="tlsPort">The server's TLS port.</param>
    public static async Task<TlsTunnel> Start(string server, int tlsPort)
    {
        var tunnel = new TlsTunnel(Installed.Demand("socat", "socat"), server, tlsPort);
        try
        {
            await Poll.UntilSeen("socat opens its port", () => tunnel._process.HasExited || tunnel.IsOpen(), isOpen => isOpen, StartTime);
            return tunnel;
        }
        catch
        {
            await tunnel.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private bool IsOpen() =>
        Array.Exists(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => listener.Port == Port);
}
