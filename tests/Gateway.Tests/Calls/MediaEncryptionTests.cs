using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Keys in offers and answers (RFC 4568, RFC 8643; the manual, Routing, Media Encryption): agreed on with each party alone.</summary>
public sealed class MediaEncryptionTests : GatewayTest
{
    private const string Key = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";

    [Fact]
    public void Who_encrypts_is_answered_in_kind_and_the_other_party_hears_nothing_of_it()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address)));
        var callee = bob.GetsCall();
        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(callee.LastSdp));
        Assert.Empty(Sdp.CryptosOf(callee.LastSdp));

        Answer(call, callee);

        Assert.Equal("RTP/SAVP", Sdp.ProtocolOf(call.LastSdp));
        var crypto = Assert.Single(Sdp.CryptosOf(call.LastSdp));
        Assert.Equal(["1", "AES_CM_128_HMAC_SHA1_80"], crypto[..2]);
        Assert.NotEqual(Sdp.Key, crypto[2]);
        Assert.Contains("Encryption: AES_CM_128_HMAC_SHA1_80 with the caller, none with the callee.", Decisions());
        Ends(call, callee);
    }

    [Fact]
    public void Suites_are_offered_as_a_party_has_them_and_taken_alike()
    {
        Script.AddExtension("101", extension => extension with { SrtpSuites = "AES_CM_128_HMAC_SHA1_32" });
        Script.AddExtension("102", extension => extension with
        {
            MediaEncryption = MediaEncryption.Required,
            SrtpSuites = "AEAD_AES_256_GCM AES_CM_128_HMAC_SHA1_80",
        });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address))).GetsRefusal(488);
        var call = alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address), "7 AES_CM_128_HMAC_SHA1_32"));
        var callee = bob.GetsCall();

        Assert.Equal(["AEAD_AES_256_GCM", "AES_CM_128_HMAC_SHA1_80"], Sdp.CryptosOf(callee.LastSdp).Select(crypto => crypto[1]));
        Answer(call, callee, Sdp.Secure(Sdp.Of(bob.Address, 41000), "2 AES_CM_128_HMAC_SHA1_80"));

        Assert.Equal(["7", "AES_CM_128_HMAC_SHA1_32"], Assert.Single(Sdp.CryptosOf(call.LastSdp))[..2]);
        Ends(call, callee);
    }

    [Theory]
    [InlineData(MediaEncryption.Off, "RTP/AVP", 0)]
    [InlineData(MediaEncryption.Preferred, "RTP/AVP", 4)]
    [InlineData(MediaEncryption.Required, "RTP/SAVP", 4)]
    public void A_destination_is_offered_what_its_setting_says(MediaEncryption setting, string protocol, int keys)
    {
        var carrier = Script.Carrier("telco", d => d with { MediaEncryption = setting });
        Script.AddRoute("00", "telco");
        Script.AddExtension("101", extension => extension with { AllowExternalCalls = true });
        var call = Script.Registered("101").Invites("0049301234");
        var taken = carrier.GetsCall();

        Assert.Equal(protocol, Sdp.ProtocolOf(taken.LastSdp));
        Assert.Equal(keys, Sdp.CryptosOf(taken.LastSdp).Length);

        var plain = Sdp.Of(carrier.Address, 41000);
        Answer(call, taken, keys == 0 ? plain : protocol == "RTP/SAVP" ? Sdp.Secure(plain) : plain + $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{Key}\r\n");
        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(call.LastSdp));
        Assert.Empty(Sdp.CryptosOf(call.LastSdp));
        Ends(call, taken);
    }

    [Theory]
    [InlineData(MediaEncryption.Off, "RTP/AVP", 0)]
    [InlineData(MediaEncryption.Preferred, "RTP/AVP", 4)]
    [InlineData(MediaEncryption.Required, "RTP/SAVP", 4)]
    [InlineData(MediaEncryption.Dtls, "UDP/TLS/RTP/SAVPF", 0)]
    public void So_are_an_extensions_phones(MediaEncryption setting, string protocol, int keys)
    {
        Script.AddExtension("102", extension => extension with { MediaEncryption = setting });
        var bob = Script.Registered("102");
        var alice = Script.Registered("101");

        // The second call is made from memory.
        for (var i = 0; i < 2; i++)
        {
            var call = alice.Invites("102");
            var callee = bob.GetsCall();
            Assert.Equal(protocol, Sdp.ProtocolOf(callee.LastSdp));
            Assert.Equal(keys, Sdp.CryptosOf(callee.LastSdp).Length);
            Answer(call, callee, protocol == "RTP/SAVP" ? Sdp.Secure(Sdp.Of(bob.Address, 41000)) : null);
            Ends(call, callee);
        }
    }

    [Fact]
    public void A_plain_offer_of_who_has_to_encrypt_is_488_and_nobody_rings()
    {
        var bob = Script.Registered("102");
        Script.AddExtension("101", extension => extension with { MediaEncryption = MediaEncryption.Required });

        Script.Registered("101").Invites("102").GetsRefusal(488);

        bob.GetsNothing();
    }

    [Fact]
    public void A_plain_answer_of_who_has_to_encrypt_ends_it_and_the_caller_gets_488()
    {
        Script.AddExtension("102", extension => extension with { MediaEncryption = MediaEncryption.Required });
        var call = Script.Registered("101").Invites("102");
        var callee = Script.Registered("102");
        Script.Passes(0);
        call.GetsRefusal(480);

        call = call.Phone.Invites("102");
        var ringing = callee.GetsCall();
        ringing.Answers();

        ringing.Gets("ACK");
        ringing.GetsBye();
        call.GetsRefusal(488);
    }

    [Fact]
    public void A_carrier_that_refuses_SRTP_is_the_callers_488()
    {
        var carrier = Script.Carrier("telco", d => d with { MediaEncryption = MediaEncryption.Required });
        Script.AddRoute("00", "telco");
        Script.AddExtension("101", extension => extension with { AllowExternalCalls = true });
        var call = Script.Registered("101").Invites("0049301234");
        var taken = carrier.GetsCall();

        taken.Sends(488);

        taken.Gets("ACK");
        call.GetsRefusal(488);
    }

    [Fact]
    public void Keys_beside_plain_RTP_are_taken_from_who_is_to_encrypt_where_it_can()
    {
        // RFC 8643 §3
        Script.AddExtension("101", extension => extension with { MediaEncryption = MediaEncryption.Preferred });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address) + $"a=crypto:3 AEAD_AES_256_GCM inline:{Convert.ToBase64String(new byte[44])}\r\n");
        var callee = bob.GetsCall();

        Answer(call, callee);

        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(call.LastSdp));
        Assert.Equal(["3", "AEAD_AES_256_GCM"], Assert.Single(Sdp.CryptosOf(call.LastSdp))[..2]);
        Ends(call, callee);
    }

    [Fact]
    public void A_late_offer_bears_keys_and_the_ACK_answers_with_one()
    {
        // RFC 3261 §13.2.1
        Script.AddExtension("101", extension => extension with { MediaEncryption = MediaEncryption.Required });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", null);
        var callee = bob.GetsCall();
        callee.Answers();
        call.Gets(200);
        Assert.Equal("RTP/SAVP", Sdp.ProtocolOf(call.LastSdp));

        call.Sends("ACK", Sdp.Secure(Sdp.Of(alice.Address), "2 AEAD_AES_256_GCM", Convert.ToBase64String(new byte[44])));

        callee.Gets("ACK");
        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(callee.LastSdp));
        Assert.Contains("Encryption: AEAD_AES_256_GCM with the caller, none with the callee.", Decisions());
        Ends(call, callee);
    }

    [Fact]
    public void Another_key_in_a_new_INVITE_is_answered_with_our_old_one_and_the_other_party_keeps_its_own()
    {
        // RFC 4568 §7.1.4
        Script.AddExtension("102", extension => extension with { MediaEncryption = MediaEncryption.Required });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address)));
        var callee = bob.GetsCall();
        var toCallee = Sdp.CryptosOf(callee.LastSdp)[0][2];
        Answer(call, callee, Sdp.Secure(Sdp.Of(bob.Address, 41000)));
        var toCaller = Assert.Single(Sdp.CryptosOf(call.LastSdp))[2];

        call.Sends("INVITE", Sdp.Secure(Sdp.Of(alice.Address, version: 2), key: Key));
        callee.Gets("INVITE");
        Assert.Equal(toCallee, Assert.Single(Sdp.CryptosOf(callee.LastSdp))[2]);
        Answer(call, callee, Sdp.Secure(Sdp.Of(bob.Address, 41000, version: 2)));

        Assert.Equal(toCaller, Assert.Single(Sdp.CryptosOf(call.LastSdp))[2]);
        Ends(call, callee);
    }

    [Fact]
    public void A_new_INVITE_that_would_end_encryption_is_488_where_it_is_required_and_the_call_goes_on()
    {
        Script.AddExtension("101", extension => extension with { MediaEncryption = MediaEncryption.Required });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address)));
        var callee = bob.GetsCall();
        Answer(call, callee);

        call.Sends("INVITE", Sdp.Of(alice.Address, version: 2));

        call.GetsRefusal(488);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void No_key_is_in_the_trace_the_decisions_or_the_books()
    {
        Script.AddExtension("102", extension => extension with { MediaEncryption = MediaEncryption.Required });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address)));
        var callee = bob.GetsCall();
        List<string> keys = [Sdp.Key, Key, .. Sdp.CryptosOf(callee.LastSdp).Select(crypto => crypto[2])];
        Answer(call, callee, Sdp.Secure(Sdp.Of(bob.Address, 41000), key: Key));
        keys.Add(Assert.Single(Sdp.CryptosOf(call.LastSdp))[2]);
        var (id, decisions) = (Script.LastCall.Id, Decisions());
        Ends(call, callee);

        var trace = Script.Traces.Find(new TraceQuery(SipScript.Tenant, id, "")).Messages.Select(message => message.Text).ToArray();
        Assert.Contains(trace, text => text.Contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[redacted]", StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain(key, string.Join('\n', [.. trace, decisions]), StringComparison.Ordinal));
    }
}
