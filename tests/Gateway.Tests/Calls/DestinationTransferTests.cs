using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Transfers (REFER, RFC 3515) that a destination asks for.</summary>
public sealed class DestinationTransferTests : GatewayTest
{
    /// <summary>As Microsoft Teams writes them: about 400 characters that only it can read.</summary>
    private static readonly string Parameters = $"x-m={new string('m', 130)};x-t={new string('t', 130)};x-ti={new string('i', 70)};x-tt={new string('u', 60)}";

    [Fact]
    public void A_target_at_its_own_host_is_called_there_with_all_that_the_URI_has()
    {
        var (call, carrier) = InProgress("carrier");
        var target = $"sip:{carrier.Phone.Address};{Parameters}";

        Refers(carrier, target);

        carrier.Gets(202);
        Notified(carrier, 100);
        var asked = carrier.Phone.GetsCall();
        Assert.StartsWith($"INVITE {target} SIP/2.0\r\n", SipText.Of(asked.Invite), StringComparison.Ordinal);
        Answers(asked);
        Notified(carrier, 200);
        carrier.GetsBye();
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public void Who_it_says_asks_for_it_goes_back_with_its_target_and_nothing_besides()
    {
        // RFC 3892 §2.2
        var (call, carrier) = InProgress("carrier");
        var asker = $"sip:{carrier.Phone.Address};x-s={new string('s', 60)}";

        Refers(carrier, $"sip:{carrier.Phone.Address};{Parameters}", $"Referred-By: \"Boss\" <{asker}>;cid=2UWQFN309shb3@example.com");

        carrier.Gets(202);
        Notified(carrier, 100);
        var asked = carrier.Phone.GetsCall();
        Assert.Equal($"<{asker}>", SipText.Header(asked.Invite, "Referred-By"));
        Answers(asked);
        Notified(carrier, 200);
        carrier.GetsBye();
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public void A_target_at_another_destinations_host_is_not_called()
    {
        var other = Script.Carrier("other");
        var (call, carrier) = InProgress("carrier");

        Refers(carrier, $"sip:{other.Address};{Parameters}");

        carrier.Gets(403);
        other.GetsNothing();
        Ends(call, carrier);
    }

    [Fact]
    public void An_extension_cannot_transfer_to_a_destinations_host()
    {
        var (call, carrier) = InProgress("carrier");

        Refers(call, $"sip:{carrier.Phone.Address};{Parameters}");

        call.Gets(403);
        carrier.GetsNothing();
        Ends(call, carrier);
    }

    [Fact]
    public void Its_own_setting_goes_before_the_tenants()
    {
        var (call, carrier) = InProgress("carrier", TransferPolicy.Refuse);

        Refers(carrier, "sip:103@example.com");
        carrier.Gets(603);
        Refers(call, "sip:999@example.com");

        call.Gets(202);
        Notified(call, 100);
        Notified(call, 404);
        Ends(call, carrier);
    }

    [Fact]
    public void Where_its_transfers_pass_its_own_host_does_and_no_other()
    {
        var (call, carrier) = InProgress("carrier", TransferPolicy.PassThrough);
        Refers(carrier, "sip:1@elsewhere.example");
        carrier.Gets(403);
        var target = $"sip:{carrier.Phone.Address};{Parameters}";

        Refers(carrier, target);

        Assert.Equal($"<{target}>", SipText.Header(call.Gets("REFER"), "Refer-To"));
        call.Sends(603, to: "REFER");
        carrier.Gets(603);
        Ends(call, carrier);
    }

    [Fact]
    public void Where_its_transfers_pass_a_dialog_of_its_own_that_is_not_ours_does_untouched()
    {
        // RFC 5589 §7: what it is the other party's phone, or its server, may know.
        var (call, carrier) = InProgress("carrier", TransferPolicy.PassThrough);
        var target = $"sip:{carrier.Phone.Address};{Parameters}?Replaces=their%40own%3Bto-tag%3D1%3Bfrom-tag%3D2";

        Refers(carrier, target);

        Assert.Equal($"<{target}>", SipText.Header(call.Gets("REFER"), "Refer-To"));
        call.Sends(202, to: "REFER");
        carrier.Gets(202);
        Ends(call, carrier);
    }

    [Fact]
    public void A_dialog_of_its_own_that_is_not_ours_is_told_as_481_where_its_transfers_are_carried_out()
    {
        // It takes no Replaces of ours either.
        var (call, carrier) = InProgress("carrier");

        Refers(carrier, $"sip:{carrier.Phone.Address};{Parameters}?Replaces=their%40own%3Bto-tag%3D1%3Bfrom-tag%3D2");

        carrier.Gets(202);
        Notified(carrier, 100);
        Notified(carrier, 481);
        Ends(call, carrier);
    }

    private (PhoneCall Caller, PhoneCall Carrier) InProgress(string name, TransferPolicy? transfers = null)
    {
        Script.AddExtension("101", e => e with { AllowExternalCalls = true });
        var carrier = Script.Carrier(name, d => d with { Transfers = transfers });
        Script.AddRoute("0", name);
        var call = Script.Registered("101").Invites("0123");
        var ringing = carrier.GetsCall();
        Answers(ringing);
        call.Gets(200);
        call.Sends("ACK");
        return (call, ringing);
    }

    private static void Refers(PhoneCall transferor, string target, params string[] headers) =>
        transferor.SendsWith("REFER", "", "", [$"Refer-To: <{target}>", $"Contact: {transferor.Phone.Contact}", .. headers]);

    private static void Notified(PhoneCall transferor, int status)
    {
        Assert.StartsWith($"SIP/2.0 {status} ", SipText.Body(transferor.Gets("NOTIFY")), StringComparison.Ordinal);
        transferor.Sends(200, to: "NOTIFY");
    }

    private static void Answers(PhoneCall ringing)
    {
        ringing.Answers(Sdp.Of(ringing.Phone.Address, 41000));
        ringing.Gets("ACK");
    }

    private static void Realigned(PhoneCall staying)
    {
        staying.Gets("INVITE");
        staying.Answers();
        staying.Gets("ACK");
    }
}
