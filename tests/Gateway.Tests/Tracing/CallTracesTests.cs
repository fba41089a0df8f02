using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Tracing;

/// <summary>What a node remembers of a call's signalling, and to whom it shows that.</summary>
public sealed class CallTracesTests : GatewayTest
{
    private static readonly TenantId Other = new("other");

    [Fact]
    public void Every_message_of_both_legs_is_there_also_when_the_call_is_over()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var (call, callee) = Answered(alice, bob);
        var id = CallId();
        var before = Find(id).Length;
        call.HangsUp();
        callee.GetsBye();

        var trace = Find(id);

        Assert.True(trace.Length > before);
        Assert.Equal(
            ["ACK", "BYE", "INVITE", "SIP/2.0 200", "SIP/2.0 200"],
            Lines(trace, "Caller 101"));
        Assert.Equal(["ACK", "BYE", "INVITE", "SIP/2.0 200", "SIP/2.0 200"], Lines(trace, "Callee 102"));
        Assert.All(trace, message => Assert.Contains($"{ScriptServices.Address}:", message.IsSent ? message.From : message.To, StringComparison.Ordinal));
    }

    [Fact]
    public void Credentials_are_not_shown()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        var authorized = Find(CallId()).Where(message => message.Text.Contains("Authorization: Digest", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(authorized);
        Assert.All(authorized, message => Assert.DoesNotContain("response=", message.Text, StringComparison.Ordinal));
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_call_is_not_shown_to_another_tenant()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Empty(Script.Traces.Find(new TraceQuery(Other, CallId(), "")).Messages);
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void Another_tenants_messages_with_the_same_Call_ID_are_not_shown()
    {
        Script.AddTenant(Other, "other.example");
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var theirs = Script.Stranger("901", "other.example");
        SendRegister(theirs, call.CallId, "other.example");
        theirs.Gets(401);

        Assert.DoesNotContain(Find(CallId()), message => message.Text.Contains("other.example", StringComparison.Ordinal));
        Assert.All(
            Script.Traces.Find(new TraceQuery(Other, null, call.CallId)).Messages,
            message => Assert.Contains("other.example", message.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Script.Traces.Find(new TraceQuery(SipScript.Tenant, null, call.CallId)).Messages,
            message => message.Text.Contains("other.example", StringComparison.Ordinal));
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_request_that_was_refused_is_found_by_its_Call_ID()
    {
        var stranger = Script.Stranger("999");
        SendRegister(stranger, "refused-1", SipScript.Domain);
        stranger.Gets(401);

        var trace = Script.Traces.Find(new TraceQuery(SipScript.Tenant, null, "refused-1")).Messages;

        Assert.Equal(["REGISTER", "SIP/2.0 401"], Lines(trace, ""));
        Assert.Empty(Script.Traces.Find(new TraceQuery(Other, null, "refused-1")).Messages);
        Assert.Empty(Script.Traces.Find(new TraceQuery(SipScript.Tenant, null, "")).Messages);
    }

    [Fact]
    public void A_retransmission_is_marked()
    {
        var stranger = Script.Stranger("999");
        SendRegister(stranger, "again-1", SipScript.Domain);
        SendRegister(stranger, "again-1", SipScript.Domain);
        stranger.Ignores();

        var trace = Script.Traces.Find(new TraceQuery(SipScript.Tenant, null, "again-1")).Messages;

        Assert.Equal([false, true], trace.Where(message => !message.IsSent).Select(message => message.IsRetransmission));
    }

    private static void SendRegister(Phone phone, string callId, string domain) => phone.Sends(SipText.Write(
        $"REGISTER sip:{domain} SIP/2.0",
        [
            phone.Via("z9hG4bKtrace"), $"From: <sip:{phone.User}@{domain}>;tag=a", $"To: <sip:{phone.User}@{domain}>", $"Call-ID: {callId}",
            "CSeq: 1 REGISTER",
        ],
        sdp: null));

    private static string[] Lines(IEnumerable<TraceMessage> trace, string leg) =>
        [.. trace.Where(message => message.Leg.StartsWith(leg, StringComparison.Ordinal)).Select(FirstWords).Order(StringComparer.Ordinal)];

    private static string FirstWords(TraceMessage message) => message.Text.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
        ? message.Text[..11]
        : message.Text.Split(' ', 2)[0];

    private Guid CallId() => Script.Context.Calls.All.Single().Id;

    private TraceMessage[] Find(Guid call) => [.. Script.Traces.Find(new TraceQuery(SipScript.Tenant, call, "")).Messages];
}
