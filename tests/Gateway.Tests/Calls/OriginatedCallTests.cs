using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Calls of accounts whose domain takes calls and rings nobody (the SIP client guide §2, §5, §8).</summary>
public sealed class OriginatedCallTests : OriginationTest
{
    private const string Number = "17752180264";

    [Fact]
    public async Task A_call_goes_to_the_default_route_and_counts_for_the_account()
    {
        // The guide §3, §5
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var account = Account("acme");

        var call = Calls(account, Number);
        var callee = carrier.GetsCall();
        Answer(call, callee);
        Ends(call, callee);

        Assert.StartsWith($"INVITE sip:{Number}@", SipText.FirstLine(callee.Invite), StringComparison.Ordinal);
        var record = await Record();
        Assert.Equal(("acme", CallPartyKind.Extension, Number, "carrier", 200),
            (record.Call.Caller.Number, record.Call.Caller.Kind, record.Call.Callee.Number, record.Call.Destination, record.Status));
    }

    [Fact]
    public void An_accounts_own_destination_needs_no_route()
    {
        // The guide §5: the default route is the account's.
        Script.Carrier("other");
        Script.AddRoute("", "other");
        var own = Script.Carrier("own");
        var account = Account("acme", extension => extension with { ExternalRoute = "own" });

        var call = Calls(account, Number);

        Ends(call, own);
    }

    [Fact]
    public void A_route_to_its_own_destination_that_is_disabled_stays_shut()
    {
        Script.Carrier("own");
        Script.AddRoute("", "own");
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Routes[0] = tenant.Routes[0] with { Enabled = false };
        var account = Account("acme", extension => extension with { ExternalRoute = "own" });

        Calls(account, Number).GetsRefusal(404);
    }

    [Fact]
    public void An_account_has_no_PRACK_so_that_it_may_support_reliable_responses_but_not_require_them()
    {
        // The guide §2: six methods; RFC 3262 §3
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var account = Account("acme");
        var call = Challenged(account, Number);
        call.SendsInvite(Sdp.Of(account.Phone.Address), account.Digest.Answer("Authorization", "INVITE", call.Target), "Require: 100rel");
        Assert.Equal("100rel", SipText.Header(call.Gets(420), "Unsupported"));
        call.Sends("ACK");

        call = Challenged(account, Number);
        call.SendsInvite(Sdp.Of(account.Phone.Address), account.Digest.Answer("Authorization", "INVITE", call.Target), "Supported: 100rel");
        var callee = carrier.GetsCall();
        callee.Sends(180);
        Assert.Empty(SipText.Header(call.Gets(180), "RSeq"));
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void An_account_that_may_not_call_outside_calls_nobody()
    {
        Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var account = Account("acme", extension => extension with { AllowExternalCalls = false });

        Calls(account, Number).GetsRefusal(404);
    }

    [Fact]
    public void No_extension_rings_even_where_one_has_the_number()
    {
        // The guide §8: origination only.
        var phone = Script.Registered("101");
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("", "carrier");

        var call = Calls(Account("acme"), "101");

        Ends(call, carrier);
        phone.GetsNothing();
    }

    [Fact]
    public void An_offer_without_G711_is_488()
    {
        // The guide §2, §8
        Script.Carrier("carrier").GetsNothing();
        Script.AddRoute("", "carrier");
        var account = Account("acme");

        Calls(account, Number, Opus(account.Phone, "111 101")).GetsRefusal(488);
    }

    [Fact]
    public void Of_an_offer_with_others_the_carrier_is_told_of_G711_and_DTMF_alone()
    {
        // The guide §2
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var account = Account("acme");

        var call = Calls(account, Number, Opus(account.Phone, "111 0 8 101"));
        var callee = carrier.GetsCall();

        Assert.Contains("RTP/AVP 0 8 101", callee.LastSdp, StringComparison.Ordinal);
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_callee_that_answers_without_G711_is_not_connected()
    {
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var call = Calls(Account("acme"), Number);
        var callee = carrier.GetsCall();

        callee.Answers(Opus(carrier, "111 101"));

        callee.Gets("ACK");
        callee.GetsBye();
        call.GetsRefusal(488);
    }

    [Fact]
    public void The_echo_test_speaks_G711_there()
    {
        var account = Account("acme");

        var call = Calls(account, "*43", Opus(account.Phone, "111 0 101"));

        call.Gets(200);
        Assert.Contains("RTP/AVP 0", call.LastSdp, StringComparison.Ordinal);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void Within_a_call_INFO_is_405_with_the_six_methods()
    {
        // The guide §8
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var call = Calls(Account("acme"), Number);
        var callee = carrier.GetsCall();
        Answer(call, callee);
        var accepted = SipText.Header(call.Last, "Allow");

        call.Sends("INFO", "Signal=1", "application/dtmf-relay");

        call.Gets(405);
        const string six = "INVITE, ACK, CANCEL, BYE, REGISTER, OPTIONS";
        Assert.Equal((six, six), (accepted, SipText.Header(call.Last, "Allow")));
        callee.GetsNothing();
        Ends(call, callee);
    }

    private static string Opus(Phone phone, string codecs) => Sdp.Of(phone.Address, codecs: codecs)
        .Replace("a=rtpmap:101", "a=rtpmap:111 opus/48000/2\r\na=rtpmap:101", StringComparison.Ordinal);

    private static void Ends(PhoneCall call, Phone carrier)
    {
        var callee = carrier.GetsCall();
        Answer(call, callee);
        Ends(call, callee);
    }

    private async Task<CallRecord> Record()
    {
        Script.Settle();
        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10)).WaitAsync(TimeSpan.FromSeconds(10));
        return Assert.Single(Script.Grains.Book.Calls)[^1].End!;
    }
}
