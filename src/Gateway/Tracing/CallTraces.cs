using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tracing;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tracing;

/// <summary>Finds what this node remembers of a call, and shows it without what nobody may see. Thread-safe.</summary>
internal sealed class CallTraces(GatewayLoops loops, OwnAddresses own, GatewayOptions options, TenantViews tenants)
{
    private const string UnknownLeg = "";
    private const int NoteOnStack = 512;

    private IEnumerable<MessageTrace> Traces => loops.All.Select(loop => loop.Trace).OfType<MessageTrace>();

    /// <summary>Notes, on its loop, that a Call-ID belongs to a call; again at its end, so that both are found together.</summary>
    public static void NoteCaller(SignallingLoop loop, SipFlow flow, CallSummary call, ReadOnlySpan<byte> callId) =>
        Note(loop, flow, call, callId, ["Caller ", call.Caller.Number]);

    /// <summary>The same of a leg towards a callee.</summary>
    public static void NoteCallee(SignallingLoop loop, SipFlow flow, CallSummary call, ReadOnlySpan<byte> callId, CallParty party) =>
        Note(loop, flow, call, callId, ["Callee ", party.Number, " at ", flow.RemoteText]);

    private static void Note(SignallingLoop loop, SipFlow flow, CallSummary call, ReadOnlySpan<byte> callId, ReadOnlySpan<string> label)
    {
        if (loop.Trace is not { } trace)
            return;

        var most = LegNote.MaxBytes(call.Tenant, callId, label);
        var note = most <= NoteOnStack ? stackalloc byte[NoteOnStack] : new byte[most];
        trace.Note(flow, note[..LegNote.Write(note, call.Id, call.Tenant, callId, label)]);
    }

    /// <summary>The messages wanted; empty when none is remembered, or they are another tenant's.</summary>
    public CallTrace Find(TraceQuery query)
    {
        var found = query.Call is { } call ? FindCall(query.Tenant, call) : FindAttempt(query.Tenant, query.SipCallId);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var messages = found.OrderBy(m => m.Message.At).Select(m => Show(m.Message, m.Leg, seen));
        return new([.. messages.TakeLast(CallTrace.MaxMessages)]);
    }

    private IEnumerable<(TracedMessage Message, string Leg)> FindCall(TenantId tenant, Guid call)
    {
        foreach (var trace in Traces)
        {
            var legs = trace.FindNotes(call.ToByteArray())
                .Select(note => LegNote.TryRead(note, out var leg) ? leg : null)
                .OfType<LegNote>()
                .Where(leg => leg.Call == call && leg.Tenant == tenant)
                .ToArray();
            foreach (var leg in legs.GroupBy(leg => leg.CallId, StringComparer.Ordinal))
            {
                // A Call-ID is the caller's choice, and may be another tenant's as well: the peer tells them apart.
                var peers = leg.ToLookup(note => note.Peer, note => note.Label);
                foreach (var message in trace.FindMessages(Encoding.UTF8.GetBytes(leg.Key)).Where(m => peers.Contains(m.Remote.Address)))
                    yield return (message, peers[message.Remote.Address].Last());
            }
        }
    }

    private IEnumerable<(TracedMessage Message, string Leg)> FindAttempt(TenantId tenant, string callId) => callId.Length == 0
        ? []
        : Traces.SelectMany(trace => trace.FindMessages(Encoding.UTF8.GetBytes(callId)))
            .Where(message => IsOf(tenant, message))
            .Select(message => (message, UnknownLeg));

    /// <summary>Each message for itself names a domain of the tenant, so that a Call-ID that two tenants' phones used shows neither the other.</summary>
    private bool IsOf(TenantId tenant, TracedMessage message)
    {
        var parsed = new SipMessage();
        return parsed.TryParse(message.Bytes.ToArray(), SipLimits.Default, out _)
            && ((parsed.TryGetFrom(out var from) && IsOf(tenant, from.Uri)) || (parsed.TryGetTo(out var to) && IsOf(tenant, to.Uri)));
    }

    private bool IsOf(TenantId tenant, ReadOnlySpan<byte> uri) =>
        SipUri.TryParse(uri, out var parsed, out _)
        && tenants.TryFindByDomain(Encoding.UTF8.GetString(parsed.Host).Trim('[', ']'), out var view)
        && view?.Id == tenant;

    private TraceMessage Show(TracedMessage message, string leg, HashSet<string> seen)
    {
        var isSent = message.Kind == TraceKind.Sent;
        var here = $"{own.Advertised}{PortOf(message.Protocol)}";
        var there = message.Remote.ToString();
        var fingerprint = $"{isSent} {there} {Convert.ToHexString(SHA256.HashData(message.Bytes.Span))}";
        return new TraceMessage(
            message.At, isSent, FlowAddresses.TransportOf(message.Protocol), isSent ? here : there, isSent ? there : here, leg,
            IsRetransmission: !seen.Add(fingerprint), TraceText.Redact(message.Bytes.Span));
    }

    private string PortOf(SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp or SipTransportProtocol.Tcp => $":{options.SipPort}",
        SipTransportProtocol.Tls => $":{options.SipsPort}",
        _ => "",
    };
}
