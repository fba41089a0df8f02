using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace TekSipCloud.Sip.Resolution;

/// <summary>
/// A stub resolver (RFC 1034 §5.3.1): asks name servers that find out for it, the one that answered last first. Thread-safe.
/// </summary>
internal sealed partial class DnsClient : IDnsLookup
{
    private const int DefaultAttempts = 2;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    private readonly DnsOptions _options;
    private readonly ImmutableArray<IPEndPoint> _servers;
    private readonly WatchedFile<ResolvConf> _system;
    private readonly TimeProvider _time;
    private readonly ILogger<DnsClient> _logger;
    private volatile IPEndPoint? _preferred;

    /// <summary>Makes a client.</summary>
    /// <param name="options">Servers and times.</param>
    /// <param name="system">The system's settings, for what the options leave open.</param>
    /// <param name="time">Time of deadlines.</param>
    /// <param name="logger">Gets servers that fail.</param>
    public DnsClient(DnsOptions options, WatchedFile<ResolvConf> system, TimeProvider time, ILogger<DnsClient> logger)
    {
        _options = options;
        _servers = options.TryReadServers(out var servers) ? [.. servers] : [];
        _system = system;
        _time = time;
        _logger = logger;
    }

    public async Task<DnsAnswer> Lookup(DnsQuestion question, CancellationToken cancel)
    {
        var system = _system.Value;
        var servers = InOrder(_servers.IsEmpty ? system.Servers : _servers);
        var timeout = _options.Timeout ?? system.Timeout ?? DefaultTimeout;
        var attempts = _options.Attempts ?? system.Attempts ?? DefaultAttempts;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            foreach (var server in servers)
            {
                if (await Ask(server, question, timeout, cancel).ConfigureAwait(false) is { } answer)
                    return answer;
            }
        }

        return DnsAnswer.None;
    }

    private ImmutableArray<IPEndPoint> InOrder(ImmutableArray<IPEndPoint> servers) =>
        _preferred is { } preferred && servers.Contains(preferred) ? servers.Remove(preferred).Insert(0, preferred) : servers;

    /// <summary>Null when this server is of no help and the next one may be.</summary>
    private async Task<DnsAnswer?> Ask(IPEndPoint server, DnsQuestion question, TimeSpan timeout, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(timeout, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var message = await DnsExchange.Ask(server, question, deadline.Token).ConfigureAwait(false);
            var answer = message is null ? DnsAnswer.None : DnsAnswer.Of(question, message);
            if (answer.Outcome != DnsOutcome.NoAnswer)
            {
                _preferred = server;
                return answer;
            }

            LogUseless(server, question, message?.Code.ToString() ?? "not readable");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            LogUseless(server, question, e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogUseless(server, question, "no answer in time");
        }

        return null;
    }

    [LoggerMessage(1060, LogLevel.Debug, "Name server {Server} does not know {Question}: {Reason}")]
    private partial void LogUseless(IPEndPoint server, DnsQuestion question, string reason);
}
