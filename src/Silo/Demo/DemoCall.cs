using System.Buffers.Binary;
using System.Collections.Immutable;
using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Silo.Demo;

/// <summary>A call while it is being told: its decision log grows with its own time, in the gateway's words.</summary>
internal sealed class DemoCall
{
    private readonly ImmutableArray<Decision>.Builder _log = ImmutableArray.CreateBuilder<Decision>();
    private CallSummary _call;

    public DemoCall(
        Randomizer random, TenantId tenant, NodeIdentity node, CallParty caller, string number, DateTimeOffset start)
    {
        Now = start;
        _call = new CallSummary
        {
            Id = IdOf(random, start),
            Tenant = tenant,
            Node = node.Name,
            Incarnation = node.Incarnation,
            Caller = caller,
            Callee = new CallParty(number, "", CallPartyKind.Unknown, "", ""),
            Started = start,
            SipCallId = $"{Convert.ToHexStringLower(random.Bytes(10))}@{caller.Address.Split(':')[0]}",
        };
        Say("tenant", $"{tenant}.example belongs to {tenant}.");
    }

    /// <summary>How far the story is.</summary>
    public DateTimeOffset Now { get; private set; }

    public string Caller => _call.Caller.Number;

    public string Number => _call.Callee.Number;

    public void Wait(TimeSpan time) => Now += time;

    public void Say(string step, string text) => _log.Add(new Decision(Now, step, text));

    public void GoTo(string destination) => _call = _call with { Destination = destination };

    public void Ring(CallParty party)
    {
        _call = _call with { State = CallState.Ringing };
        Say("ringing", $"{party.Number} at {party.Address} says 180.");
    }

    public void Answer(CallParty party)
    {
        _call = _call with { Callee = party, Answered = Now, State = CallState.Answered };
        Say("answer", $"{party.Number} at {party.Address} answered.");
    }

    /// <summary>Both talk, around so long, until one of them hangs up.</summary>
    public CallRecord Talk(Randomizer random, TimeSpan median, DateTimeOffset latestEnd)
    {
        var end = Now + random.Around(median, 1.0) + TimeSpan.FromSeconds(2);
        Now = end < latestEnd ? end : latestEnd;
        return random.Double() switch
        {
            < 0.005 => End(CallEnd.Operator, 200, "Hung up by admin."),
            < 0.55 => End(CallEnd.Caller, 200, "The caller hung up."),
            _ => End(CallEnd.Callee, 200, "The callee hung up."),
        };
    }

    public CallRecord End(CallEnd by, int status, string reason)
    {
        Say("end", reason);
        return new CallRecord
        {
            Call = _call,
            Ended = Now,
            Status = status,
            EndedBy = by,
            Reason = reason,
            Decisions = _log.ToImmutable(),
        };
    }

    /// <summary>RFC 9562 §5.7 with the seed's random bits: the same call has the same id each time.</summary>
    private static Guid IdOf(Randomizer random, DateTimeOffset start)
    {
        var octets = random.Bytes(16);
        var randomA = BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(6)) & 0xFFF;
        BinaryPrimitives.WriteInt64BigEndian(octets, (start.ToUnixTimeMilliseconds() << 16) | 0x7000 | (uint)randomA);
        octets[8] = (byte)(0x80 | (octets[8] & 0x3F));
        return new Guid(octets, bigEndian: true);
    }
}
