namespace TekSipCloud.Testing.Phones;

/// <summary>How sipp is run.</summary>
/// <param name="Scenario">The scenario file.</param>
/// <param name="ServerPort">The host's SIP port for the transport.</param>
public sealed record SippOptions(string Scenario, int ServerPort)
{
    /// <summary>How many calls (or registrations) it makes or takes before it ends.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>New calls a second.</summary>
    public int Rate { get; init; } = 100;

    /// <summary>The most calls at a time.</summary>
    public int AtATime { get; init; } = 50;

    /// <summary>How long the scenario's <c>&lt;pause/&gt;</c> takes.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The loopback address it has; with <c>::1</c> it finds the host there as well.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>udp, tcp or tls; streams have one connection for all calls, TLS through a <see cref="TlsTunnel"/>.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary><c>[service]</c> of the scenario.</summary>
    public string Service { get; init; } = "service";

    /// <summary>Values of further keys of the scenario.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>Lines of its injection file, one per call; <c>[field0]</c> and so on in the scenario.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The URI for <c>[authentication]</c>, without its scheme; else it would be the server's address.</summary>
    public string? DigestUri { get; init; }
}
