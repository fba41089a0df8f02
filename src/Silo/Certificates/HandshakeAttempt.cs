using System.Net;

namespace TekSipCloud.Silo.Certificates;

/// <summary>A connection during its TLS handshake, so that a failure can say whose it was.</summary>
internal sealed class HandshakeAttempt(IPAddress source)
{
    private static readonly AsyncLocal<HandshakeAttempt?> Served = new();

    /// <summary>The one that the running code serves.</summary>
    public static HandshakeAttempt? Current
    {
        get => Served.Value;
        set => Served.Value = value;
    }

    /// <summary>Who connects.</summary>
    public IPAddress Source => source;

    /// <summary>Whether it spoke TLS at all: whoever only looks whether a port is open did nothing wrong.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The name it asked for; empty for none.</summary>
    public string ServerName { get; private set; } = "";

    /// <summary>What was wrong with its certificate; null when nothing was.</summary>
    public string? Refusal { get; set; }

    /// <summary>Its first message came.</summary>
    public void Begin(string? serverName)
    {
        HasBegun = true;
        ServerName = serverName ?? "";
    }
}
