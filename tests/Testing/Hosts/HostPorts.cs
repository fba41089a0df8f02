namespace TekSipCloud.Testing.Hosts;

/// <summary>The ports of one host: HTTP, HTTPS, SIP, SIP over TLS, and 200 for media: 50 calls.</summary>
public sealed class HostPorts : IDisposable
{
    private const int Signalling = 6;
    private readonly PortBlock _block = PortBlock.Take(Signalling + 200);

    /// <summary>Console and APIs.</summary>
    public int Http => _block[0];

    /// <summary>The same by TLS.</summary>
    public int Https => _block[1];

    /// <summary>SIP by UDP and TCP.</summary>
    public int Sip => _block[2];

    /// <summary>SIP by TLS.</summary>
    public int Sips => _block[3];

    /// <summary>Where SIP by WebSocket is spoken (RFC 7118), by ws or wss.</summary>
    public Uri WebSocket(string scheme) => new($"{scheme}://127.0.0.1:{(scheme == "wss" ? Https : Http)}/ws");

    /// <summary>Media, as <c>--rtp</c> takes it.</summary>
    public string Rtp => $"{_block[Signalling]}-{_block.Last}";

    /// <summary>Gives them back.</summary>
    public void Dispose() => _block.Dispose();
}
