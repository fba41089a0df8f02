namespace TekSipCloud.Gateway;

/// <summary>
/// How many TCP connections there may be: as many as configured, or fewer where the process may not have so many files open. Each connection is an
/// open file, as each media port is, and without one left nothing can go on: neither storage, nor the log, nor who would put it right.
/// </summary>
public sealed class ConnectionBudget
{
    /// <summary>What a busy process has open besides ports and connections, some 300, and connections that are just being refused or cut.</summary>
    private const long Reserve = 1024;

    /// <summary>Connections beside those of SIP: of the APIs, and of any kind while they shake hands.</summary>
    private const int Others = 5_000;

    private const int MostRefusing = 64;

    private readonly SipLimitsOptions _limits;
    private readonly long _files;
    private readonly long _neededByPorts;

    /// <param name="limits">What is configured.</param>
    /// <param name="files">Files that the process may have open.</param>
    /// <param name="takenByPorts">Files that media ports may be at most.</param>
    /// <param name="neededByPorts">Files that all configured media ports would be.</param>
    public ConnectionBudget(SipLimitsOptions limits, long files, long takenByPorts, long neededByPorts)
    {
        _limits = limits;
        _files = files;
        _neededByPorts = neededByPorts;
        var left = files - takenByPorts;
        // Of a low limit, too, most is left for what can't go without.
        var room = left - Math.Min(Reserve, left / 4 * 3);
        var others = (int)Math.Min(Others, room / 4);
        Sip = (int)Math.Clamp(room - others, 1, limits.MaxConnections);
        All = Sip + others;
    }

    /// <summary>SIP connections: TCP, TLS and WebSockets.</summary>
    public int Sip { get; }

    /// <summary>SIP connections of one address; where there may be fewer in all than configured, none may have more than half.</summary>
    public int SipPerAddress =>
        Sip == _limits.MaxConnections ? _limits.MaxConnectionsPerAddress : Math.Min(_limits.MaxConnectionsPerAddress, Math.Max(1, Sip / 2));

    /// <summary>TCP connections of any kind.</summary>
    public int All { get; }

    /// <summary>Sockets that may be accepted at once: <see cref="All"/>, and some that are just being refused.</summary>
    public int Accepted => All + Math.Clamp(All / 8, 1, MostRefusing);

    /// <summary>What keeps there from being as many as configured, in sentences for people, with what to do about it; null when nothing does.</summary>
    public string? Shortage => Sip == _limits.MaxConnections ? null
        : $"There can't be {_limits.MaxConnections} SIP connections: the process may have {_files} files open, and media ports and all else need some of "
        + $"them. They are enough for {Sip}; the limit of open files (ulimit -n, LimitNOFILE) must be {LimitForAll()} for all.";

    private long LimitForAll()
    {
        var rest = _limits.MaxConnections + Others + Reserve;
        // Media ports are never more than half.
        return rest + Math.Min(_neededByPorts, rest);
    }
}
