using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>Who may do what: RFC 3261 §22 and RFC 7616, without telling a stranger who exists.</summary>
public sealed class AuthenticationTests : GatewayTest
{
    [Fact]
    public void A_wrong_password_is_403()
    {
        var mallory = Script.Phone("101", password: "wrong").IsChallenged();

        mallory.SendsRegister();

        mallory.Gets(403);
        Assert.Empty(Script.Grains.Extension(SipScript.Tenant, "101").Bindings);
    }

    [Fact]
    public void An_unknown_user_is_answered_like_a_wrong_password()
    {
        Script.AddExtension("101");
        var known = Script.Phone("101", password: "wrong");
        var unknown = Script.Stranger("666");

        Assert.Equal(Shape(Refused(known)), Shape(Refused(unknown)));
    }

    [Fact]
    public void A_disabled_extension_is_answered_like_a_wrong_password()
    {
        Script.AddExtension("101", e => e with { Enabled = false });
        Script.AddExtension("102");

        Assert.Equal(Shape(Refused(Script.Phone("102", password: "wrong"))), Shape(Refused(Script.Phone("101"))));
    }

    [Fact]
    public void An_unknown_user_is_challenged_like_a_known_one()
    {
        Script.AddExtension("101");

        Assert.Equal(Shape(Challenge(Script.Phone("101"))), Shape(Challenge(Script.Stranger("666"))));
    }

    [Fact]
    public void An_old_nonce_is_stale_and_the_phone_tries_again_with_the_new_one()
    {
        // RFC 7616 §3.3
        var alice = Script.Phone("101").IsChallenged();
        Script.Passes(301);

        alice.SendsRegister();
        var challenge = alice.Gets(401);
        alice.Digest.Learn(challenge);
        alice.SendsRegister();

        Assert.Contains("stale=true", SipText.Header(challenge, "WWW-Authenticate"), StringComparison.Ordinal);
        alice.Gets(200);
    }

    [Fact]
    public void A_wrong_password_with_an_old_nonce_is_not_told_that_only_the_nonce_is_old()
    {
        // RFC 7616 §3.3: stale only for a digest that is right but for the nonce.
        var mallory = Script.Phone("101", password: "wrong").IsChallenged();
        Script.Passes(301);

        mallory.SendsRegister();

        mallory.Gets(403);
    }

    [Fact]
    public void A_nonce_count_that_was_used_is_challenged_again()
    {
        // RFC 7616 §3.4: the server's replay protection.
        var alice = Script.Registered("101");
        alice.Digest.Count--;

        alice.SendsRegister();

        alice.Gets(401);
    }

    [Fact]
    public void A_nonce_made_up_by_the_phone_is_challenged_again()
    {
        var alice = Script.Phone("101").IsChallenged();
        alice.Digest.Nonce = new string('A', 48);

        alice.SendsRegister();

        alice.Gets(401);
    }

    [Fact]
    public void Nobody_registers_for_another_extension()
    {
        // RFC 3261 §10.3 step 4
        Script.AddExtension("102");
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(to: $"sip:102@{SipScript.Domain}");

        alice.Gets(403);
        Assert.Empty(Script.Grains.Extension(SipScript.Tenant, "102").Bindings);
    }

    [Fact]
    public void Nobody_calls_under_anothers_name()
    {
        // Threats: identity spoofing by From.
        Script.AddExtension("102");
        var alice = Script.Phone("101").IsChallenged();
        var call = PhoneCall.Outgoing(alice, $"sip:102@{SipScript.Domain}");

        alice.Sends(SipText.Write(
            $"INVITE sip:102@{SipScript.Domain} SIP/2.0",
            [
                alice.Via(alice.NewBranch()), "Max-Forwards: 70", $"From: <sip:102@{SipScript.Domain}>;tag=x", $"To: <{call.Target}>",
                $"Call-ID: {call.CallId}", "CSeq: 1 INVITE", $"Contact: {alice.Contact}",
                alice.Digest.Answer("Proxy-Authorization", "INVITE", call.Target),
            ],
            Sdp.Of(alice.Address)));

        call.Gets(403);
    }

    [Fact]
    public void An_unknown_domain_is_404()
    {
        // RFC 3261 §10.3 step 1
        var stranger = Script.Stranger("101", domain: "elsewhere.example");

        stranger.SendsRegister();

        stranger.Gets(404);
    }

    [Fact]
    public void A_disabled_tenant_is_403()
    {
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Tenant = tenant.Tenant with { Enabled = false };
        var alice = Script.Phone("101");

        alice.SendsRegister();

        alice.Gets(403);
    }

    [Fact]
    public void A_tenant_may_ask_for_SHA_256()
    {
        // RFC 8760 §2.3
        Script.Grains.Tenant(SipScript.Tenant).Tenant = Script.Grains.Tenant(SipScript.Tenant).Tenant with
        {
            Settings = new TenantSettings { DigestAlgorithm = DigestAlgorithm.Sha256 },
        };
        var alice = Script.Phone("101");

        alice.SendsRegister();
        var challenge = alice.Gets(401);
        alice.Digest.Learn(challenge);
        alice.SendsRegister();

        Assert.Contains("algorithm=SHA-256", SipText.Header(challenge, "WWW-Authenticate"), StringComparison.Ordinal);
        alice.Gets(200);
    }

    [Fact]
    public void An_extension_that_wants_SHA_256_does_not_get_by_with_MD5()
    {
        Script.AddExtension("101", e => e with { DigestAlgorithm = DigestAlgorithm.Sha256 });
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister();
        alice.Digest.Learn(alice.Gets(401));
        alice.SendsRegister();

        alice.Gets(200);
    }

    [Fact]
    public void An_INVITE_is_challenged_with_407()
    {
        // RFC 3261 §22.3
        var alice = Script.Phone("101");
        Script.Registered("102");
        var call = alice.Invites("102");

        call.Gets(407);
        alice.Digest.Learn(call.Last);
        call.Sends("ACK");
        call.SendsInvite(Sdp.Of(alice.Address));
        Script.Passes(0.2);
        call.Gets(100);
        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
    }

    [Fact]
    public void A_flood_of_an_unknown_user_reads_the_storage_once()
    {
        var stranger = Script.Stranger("666");
        for (var i = 0; i < 20; i++)
            Refused(stranger);

        Assert.Equal(1, Script.Grains.Extension(SipScript.Tenant, "666").CredentialReads);
    }

    [Fact]
    public void A_changed_password_counts_at_once_when_the_news_came()
    {
        var alice = Script.Registered("101");
        Script.AddExtension("101");
        Script.Grains.Extension(SipScript.Tenant, "101").Credentials =
            Script.Grains.Extension(SipScript.Tenant, "101").Credentials! with { Ha1Md5 = [.. Convert.FromHexString(Md5.Hex("101:example.com:new"))] };

        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, Extension = "101" });
        alice.SendsRegister();

        alice.Gets(403);
    }

    [Fact]
    public void A_storage_that_fails_is_503_and_never_403()
    {
        // Threats: faults to survive.
        var alice = Script.Phone("101").IsChallenged();
        Script.Grains.Weather.IsDown = true;

        alice.SendsRegister();

        Assert.NotEmpty(SipText.Header(alice.Gets(503), "Retry-After"));
    }

    [Fact]
    public void A_directory_that_is_silent_for_two_seconds_is_503()
    {
        var alice = Script.Phone("101");
        Script.Grains.Weather.IsSlow = true;

        alice.SendsRegister();
        Script.Passes(2.1);

        alice.Gets(503);
    }

    private static SipMessage Refused(Phone phone)
    {
        phone.Digest.Learn(Challenge(phone));
        phone.SendsRegister();
        return phone.Gets(403);
    }

    private static SipMessage Challenge(Phone phone)
    {
        phone.Digest.Nonce = "";
        phone.SendsRegister();
        return phone.Gets(401);
    }

    /// <summary>The header names in order and the first line: what an attacker can compare.</summary>
    private static string Shape(SipMessage message) => string.Join(
        '\n', SipText.Of(message).Split("\r\n").Select((line, i) => i == 0 ? line : line.Split(':')[0]));
}
