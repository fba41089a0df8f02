using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>Calls to numbers outside, by route and destination (the manual, Routing).</summary>
public sealed class OutsideCallTests : TrunkTest
{
    [Fact]
    public void A_number_goes_to_the_destination_of_its_prefix()
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("00", "telco");
        var call = Caller().Invites("0049301234");

        var taken = carrier.GetsCall();

        Assert.Equal($"INVITE sip:0049301234@{carrier.Address} SIP/2.0", SipText.FirstLine(taken.Last));
        Connects(call, taken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_connection_on_which_we_showed_who_we_are_is_offered_for_the_carriers_own_requests(bool isMutual)
    {
        // RFC 5923 §8.1
        var carrier = Script.Carrier("telco");
        carrier.Flow.IsMutual = isMutual;
        Script.AddRoute("00", "telco");
        var call = Caller().Invites("0049301234");
        var taken = carrier.GetsCall();
        Assert.Equal(isMutual, OffersAlias(taken));

        taken.Answers();
        taken.Gets("ACK");
        Assert.Equal(isMutual, OffersAlias(taken));
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        taken.Gets("BYE");
        Assert.Equal(isMutual, OffersAlias(taken));
        taken.Sends(200, to: "BYE");

        static bool OffersAlias(PhoneCall call) => SipText.Header(call.Last, "Via").Contains(";alias", StringComparison.Ordinal);
    }

    [Fact]
    public void The_destination_sees_its_account_as_the_caller()
    {
        var carrier = Script.Carrier("telco", d => d with { Domain = "telco.example" });
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");

        var taken = carrier.GetsCall();

        Assert.StartsWith("<sip:account@telco.example>", SipText.Header(taken.Last, "From"), StringComparison.Ordinal);
        Assert.Equal("<sip:5551234@telco.example>", SipText.Header(taken.Last, "To"));
        Connects(call, taken);
    }

    [Fact]
    public void The_prefix_is_cut_off_and_another_put_before()
    {
        var carrier = Script.Carrier("telco", d => d with { RemovePrefix = true, AddPrefix = "+" });
        Script.AddRoute("00", "telco");
        var call = Caller().Invites("0049301234");

        var taken = carrier.GetsCall();

        Assert.StartsWith("INVITE sip:+49301234@", SipText.FirstLine(taken.Last), StringComparison.Ordinal);
        Connects(call, taken);
    }

    [Fact]
    public void A_destination_that_fails_hands_over_to_the_next_route()
    {
        var first = Script.Carrier("first", d => d with { Capacity = 5 });
        var second = Script.Carrier("second");
        Script.AddRoute("00", "first");
        Script.AddRoute("0", "second");
        var call = Caller().Invites("0049301234");
        first.GetsCall().Sends(503);

        var taken = second.GetsCall();

        Assert.Equal(0, Script.Grains.Destination(SipScript.Tenant, "first").Taken);
        Connects(call, taken);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(486)]
    [InlineData(603)]
    public void A_refusal_of_the_callee_does_not_try_the_next_route(int status)
    {
        var first = Script.Carrier("first");
        var second = Script.Carrier("second");
        Script.AddRoute("00", "first");
        Script.AddRoute("0", "second");
        var call = Caller().Invites("0049301234");

        first.GetsCall().Sends(status);

        call.GetsRefusal(status);
        second.GetsNothing();
    }

    [Fact]
    public void An_overloaded_destination_is_not_taken_for_an_overloaded_server()
    {
        // RFC 3261 §16.7 step 6: a 503 would keep the phone from calling anybody.
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551");

        carrier.GetsCall().Sends(503, headers: "Retry-After: 3600");

        call.GetsRefusal(500);
        Assert.Empty(SipText.Lines(call.Last, "Retry-After"));
    }

    [Fact]
    public void A_silent_destination_is_504()
    {
        // RFC 3261 §21.5.5
        Script.Carrier("telco").Flow.IsDeaf = true;
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551");

        Script.Passes(32.1);

        call.GetsRefusal(504);
    }

    [Fact]
    public void A_destination_that_cannot_be_reached_is_502()
    {
        Script.Carrier("telco").Flow.IsBroken = true;
        Script.AddRoute("", "telco");

        Caller().Invites("5551").GetsRefusal(502);
    }

    [Fact]
    public void A_full_destination_is_503()
    {
        var carrier = Script.Carrier("telco", d => d with { Capacity = 1 });
        Script.AddRoute("", "telco");
        var caller = Caller();
        var call = caller.Invites("5551");
        var taken = carrier.GetsCall();

        caller.Invites("5552").GetsRefusal(503);

        carrier.GetsNothing();
        Connects(call, taken);
        Assert.Equal(0, Script.Grains.Destination(SipScript.Tenant, "telco").Taken);
    }

    [Fact]
    public void A_caller_that_gives_up_while_a_place_is_asked_for_leaves_it_free()
    {
        Script.Carrier("telco", d => d with { Capacity = 1 });
        Script.AddRoute("", "telco");
        var caller = Caller();
        Script.Grains.Weather.IsSlow = true;
        var call = caller.Invites("5551");
        Script.Grains.Weather.GoesOn();
        Script.Grains.Weather.IsSlow = true;
        Script.Settle();

        call.Sends("CANCEL");
        Script.ClusterGoesOn();

        call.Gets(200);
        call.GetsRefusal(487);
    }

    [Fact]
    public void An_extension_without_permission_calls_nobody_outside()
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");

        Script.Registered("101").Invites("5551234").GetsRefusal(404);

        carrier.GetsNothing();
    }

    [Fact]
    public void A_number_without_a_route_is_404()
    {
        Script.Carrier("telco");
        Script.AddRoute("00", "telco");

        Caller().Invites("5551234").GetsRefusal(404);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("a%2Fb")]
    [InlineData("'%20or%201%20eq%201")]
    [InlineData("%E2%82%AC")]
    public void An_odd_number_is_404(string number) =>
        // Threats: numbers with quotes and separators of storage.
        Script.Registered("101").Invites(number).GetsRefusal(404);

    [Theory]
    [InlineData(401, "WWW-Authenticate", "Authorization")]
    [InlineData(407, "Proxy-Authenticate", "Proxy-Authorization")]
    public void A_challenge_of_the_destination_is_answered_with_its_account(int status, string challenge, string credentials)
    {
        // RFC 3261 §22.1, §22.3
        var carrier = Script.Carrier("telco", password: "pass");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var first = carrier.GetsCall();

        first.Sends(status, headers: [$"""{challenge}: Digest realm="telco", nonce="n1", algorithm=MD5"""]);
        first.Gets("ACK");
        var second = first.Gets("INVITE");

        var answer = SipText.Header(second, credentials);
        var ha1 = Md5.Hex("account:telco:pass");
        var ha2 = Md5.Hex($"INVITE:sip:5551234@{carrier.Address}");
        Assert.Equal(Md5.Hex($"{ha1}:n1:{ha2}"), PhoneDigest.Quoted(answer, "response"));
        Assert.Equal("2 INVITE", SipText.Header(second, "CSeq"));
        Connects(call, first);
    }

    [Fact]
    public void A_challenge_that_repeats_is_answered_once_only()
    {
        // Threats: endless new nonces.
        var carrier = Script.Carrier("telco", password: "pass");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var taken = carrier.GetsCall();
        taken.Sends(407, headers: ["""Proxy-Authenticate: Digest realm="telco", nonce="n1" """.Trim()]);
        taken.Gets("ACK");
        taken.Gets("INVITE");

        taken.Sends(407, headers: ["""Proxy-Authenticate: Digest realm="telco", nonce="n2" """.Trim()]);

        taken.Gets("ACK");
        taken.GetsNothing();
        call.GetsRefusal(502);
    }

    [Fact]
    public void A_nonce_that_was_too_old_is_answered_once_more()
    {
        // RFC 7616 §3.3
        var carrier = Script.Carrier("telco", password: "pass");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var taken = carrier.GetsCall();
        taken.Sends(407, headers: ["""Proxy-Authenticate: Digest realm="telco", nonce="n1" """.Trim()]);
        taken.Gets("ACK");
        taken.Gets("INVITE");

        taken.Sends(407, headers: ["""Proxy-Authenticate: Digest realm="telco", nonce="n2", stale=true"""]);

        taken.Gets("ACK");
        taken.Gets("INVITE");
        Connects(call, taken);
    }

    [Fact]
    public void A_phones_challenge_gets_no_credentials()
    {
        // Threats: digest leak.
        Script.Carrier("telco", password: "pass");
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();

        ringing.Sends(407, headers: ["""Proxy-Authenticate: Digest realm="telco", nonce="n1" """.Trim()]);

        ringing.Gets("ACK");
        ringing.GetsNothing();
        call.GetsRefusal(502);
    }

    [Fact]
    public void A_password_that_cannot_be_read_costs_that_call_only()
    {
        var carrier = Script.Carrier("telco", password: "pass");
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Destinations[0] = tenant.Destinations[0] with { ProtectedPassword = "made for something else" };
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var taken = carrier.GetsCall();

        taken.Sends(407, headers: ["""Proxy-Authenticate: Digest realm="telco", nonce="n1" """.Trim()]);

        taken.Gets("ACK");
        call.GetsRefusal(502);
    }
}
