using System.Diagnostics.Metrics;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip;

/// <summary>
/// This node's signalling figures (meter <c>TekSipCloud.Sip</c>). Transports and loops only count; the figures are read when somebody reads the
/// meter.
/// </summary>
public sealed class SipMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "TekSipCloud.Sip";

    private static readonly KeyValuePair<string, object?> Udp = new("transport", "udp");
    private static readonly KeyValuePair<string, object?> Stream = new("transport", "stream");
    private readonly SipTransportLayer _transports;
    private readonly IReadOnlyList<TransactionLayer> _layers;
    private readonly Meter _meter;

    /// <summary>Creates the instruments; they live as long as the factory.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="transports">The node's sockets and connections.</param>
    /// <param name="layers">The transactions of each loop.</param>
    public SipMetrics(IMeterFactory meters, SipTransportLayer transports, IReadOnlyList<TransactionLayer> layers)
    {
        _transports = transports;
        _layers = layers;
        _meter = meters.Create(MeterName);
        ObserveTransports();
        ObserveLoops();
    }

    private void ObserveTransports()
    {
        Count("teksip.sip.datagrams_received", "{datagram}", "Datagrams received, keep-alives included.", () => SumUdp(udp => udp.Received));
        Count("teksip.sip.datagrams_sent", "{datagram}", "Datagrams given to the network.", () => SumUdp(udp => udp.Sent));
        Count("teksip.sip.datagrams_refused", "{datagram}", "Datagrams that the network refused.", () => SumUdp(udp => udp.SendErrors));
        Count("teksip.sip.datagrams_unheard", "{datagram}", "Datagrams dropped since their source had spent its share.", () => SumUdp(udp => udp.Unheard));
        Count("teksip.sip.datagrams_shed", "{datagram}", "REGISTERs without credentials that the system dropped because of overload.", () => SumUdp(udp => udp.Shed));
        _meter.CreateObservableCounter("teksip.sip.datagrams_dropped", MeasureDropped, "{datagram}", "Datagrams lost here because a buffer was full.");
        Count("teksip.sip.unreachable", "{error}", "ICMP errors that said that a peer cannot be reached.", () => SumUdp(udp => udp.Unreachable));
        _meter.CreateObservableCounter("teksip.sip.malformed", MeasureMalformed, "{message}", "Messages that were not well-formed.");
        _meter.CreateObservableUpDownCounter("teksip.sip.connections", MeasureConnections, "{connection}", "Open connections by transport.");
        _meter.CreateObservableCounter("teksip.sip.connections_cut", MeasureCut, "{connection}", "Connections that this side cut, by reason.");
        Count("teksip.sip.connections_refused", "{connection}", "Connections refused because their address has too many.", () => _transports.Refused);
    }

    private void ObserveLoops()
    {
        _meter.CreateObservableUpDownCounter("teksip.sip.transactions", MeasureTransactions, "{transaction}", "Transactions by side and state.");
        _meter.CreateObservableUpDownCounter(
            "teksip.sip.transactions_finished", () => _layers.Sum(layer => layer.FinishedBytes), "By", "Bytes kept of transactions that are over.");
        Count("teksip.sip.transactions_forgotten", "{record}", "Records of transactions that are over let go early for want of room.",
            () => _layers.Sum(layer => layer.Forgotten));
        _meter.CreateObservableUpDownCounter(
            "teksip.sip.loop.queued", () => _layers.Sum(layer => layer.Loop.Queued), "{item}", "Pieces of work that wait for a loop.");
        Count("teksip.sip.loop.dropped", "{item}", "Pieces of work refused by full loops.", () => _layers.Sum(layer => layer.Loop.Dropped));
        Count("teksip.sip.loop.faults", "{fault}", "Exceptions that left a piece of work.", () => _layers.Sum(layer => layer.Loop.Faults));
        Count("teksip.sip.requests_refused", "{request}", "Requests answered 503 for want of room.", () => _layers.Sum(layer => layer.Refused));
    }

    private void Count(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);

    private long SumUdp(Func<UdpTransport, long> read) => _transports.UdpTransports.Sum(read);

    private IEnumerable<Measurement<long>> MeasureMalformed()
    {
        yield return new(SumUdp(udp => udp.Malformed), Udp);
        yield return new(_transports.Malformed, Stream);
    }

    private IEnumerable<Measurement<int>> MeasureConnections() =>
        Enum.GetValues<SipTransportProtocol>().Where(protocol => protocol.IsReliable()).Select(protocol => new Measurement<int>(
            _transports.ConnectionsOf(protocol), new KeyValuePair<string, object?>("transport", protocol.ToString().ToLowerInvariant())));

    private IEnumerable<Measurement<long>> MeasureCut() => Enum.GetValues<StreamEnd>().Select(reason => new Measurement<long>(
        _transports.CutFor(reason), new KeyValuePair<string, object?>("reason", reason.ToString())));

    private IEnumerable<Measurement<long>> MeasureDropped()
    {
        yield return new(SumUdp(udp => udp.Dropped), new KeyValuePair<string, object?>("direction", "in"));
        yield return new(SumUdp(udp => udp.Unsent), new KeyValuePair<string, object?>("direction", "out"));
    }

    private IEnumerable<Measurement<int>> MeasureTransactions()
    {
        var (servers, clients) = (_layers.Sum(layer => layer.FinishedServers), _layers.Sum(layer => layer.FinishedClients));
        yield return Measure(_layers.Sum(layer => layer.ServerTransactions) - servers, "server", "live");
        yield return Measure(servers, "server", "finished");
        yield return Measure(_layers.Sum(layer => layer.ClientTransactions) - clients, "client", "live");
        yield return Measure(clients, "client", "finished");
    }

    private static Measurement<int> Measure(int count, string side, string state) =>
        new(count, new KeyValuePair<string, object?>("side", side), new KeyValuePair<string, object?>("state", state));
}
