using System.Diagnostics.Metrics;
using System.Net.Sockets;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media;

/// <summary>This node's media figures (meter <c>TekSipCloud.Media</c>); relay loops only count, this exports once a second.</summary>
public sealed class MediaMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "TekSipCloud.Media";

    private static readonly KeyValuePair<string, object?> RtpKind = new("kind", "rtp");
    private static readonly KeyValuePair<string, object?> RtcpKind = new("kind", "rtcp");
    private readonly Dictionary<RelayTotals, (StreamCounters Rtp, StreamCounters Rtcp)> _flushed = [];
    private readonly Lock _lock = new();
    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _receivedBytes;
    private readonly Counter<long> _sentBytes;
    private readonly Counter<long> _strangers;
    private readonly Counter<long> _unauthentic;
    private readonly Counter<long> _invalid;
    private readonly Counter<long> _refusedSources;
    private readonly Counter<long> _sendFailures;
    private readonly Counter<long> _portShortages;

    /// <summary>Creates the instruments.</summary>
    public MediaMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("teksip.rtp.packets_received", "{packet}", "Valid packets from parties.");
        _sent = meter.CreateCounter<long>("teksip.rtp.packets_sent", "{packet}", "Packets passed on.");
        _receivedBytes = meter.CreateCounter<long>("teksip.rtp.bytes_received", "By", "Bytes of valid packets.");
        _sentBytes = meter.CreateCounter<long>("teksip.rtp.bytes_sent", "By", "Bytes passed on.");
        _strangers = meter.CreateCounter<long>("teksip.rtp.strangers", "{packet}", "Packets dropped for their source.");
        _unauthentic = meter.CreateCounter<long>("teksip.rtp.unauthentic", "{packet}", "Packets with a wrong tag, or replayed.");
        _invalid = meter.CreateCounter<long>("teksip.rtp.invalid", "{packet}", "Packets that are neither RTP nor RTCP.");
        _refusedSources = meter.CreateCounter<long>("teksip.rtp.sources_refused", "{packet}", "Packets of a second source.");
        _sendFailures = meter.CreateCounter<long>("teksip.rtp.send_failures", "{packet}", "Packets the system did not take.");
        _portShortages = meter.CreateCounter<long>("teksip.rtp.port_shortages", "{call}", "Legs refused for want of ports.");
    }

    /// <summary>Exports a relay's sessions and port pairs whenever someone reads the meter.</summary>
    internal void Observe(MediaRelay relay)
    {
        _meter.CreateObservableUpDownCounter(
            "teksip.rtp.sessions", () => relay.ActiveSessions, "{call}", "Calls with media.");
        _meter.CreateObservableUpDownCounter(
            "teksip.rtp.port_pairs",
            () => MeasurePorts(relay, AddressFamily.InterNetwork).Concat(MeasurePorts(relay, AddressFamily.InterNetworkV6)),
            "{pair}",
            "Port pairs by state.");
    }

    internal void CountPortShortage() => _portShortages.Add(1);

    /// <summary>Exports what a loop counted since the last time.</summary>
    internal void Flush(RelayTotals totals)
    {
        lock (_lock)
        {
            var (rtp, rtcp) = _flushed.GetValueOrDefault(totals);
            var now = (totals.Rtp, totals.Rtcp);
            Add(now.Rtp, rtp, RtpKind);
            Add(now.Rtcp, rtcp, RtcpKind);
            _flushed[totals] = now;
        }
    }

    private static IEnumerable<Measurement<int>> MeasurePorts(MediaRelay relay, AddressFamily family)
    {
        var counts = relay.CountPorts(family);
        var ofFamily = new KeyValuePair<string, object?>("family", family == AddressFamily.InterNetwork ? "ipv4" : "ipv6");
        yield return new(counts.InUse, ofFamily, new("state", "in_use"));
        yield return new(counts.Quarantined, ofFamily, new("state", "quarantined"));
        yield return new(counts.Available, ofFamily, new("state", "available"));
    }

    private void Add(in StreamCounters now, in StreamCounters before, KeyValuePair<string, object?> kind)
    {
        _received.Add(now.Received - before.Received, kind);
        _sent.Add(now.Sent - before.Sent, kind);
        _receivedBytes.Add(now.ReceivedOctets - before.ReceivedOctets, kind);
        _sentBytes.Add(now.SentOctets - before.SentOctets, kind);
        _strangers.Add(now.Strangers - before.Strangers, kind);
        _unauthentic.Add(now.Unauthentic - before.Unauthentic, kind);
        _invalid.Add(now.Invalid - before.Invalid, kind);
        _refusedSources.Add(now.RefusedSources - before.RefusedSources, kind);
        _sendFailures.Add(now.SendFailures - before.SendFailures, kind);
    }
}
