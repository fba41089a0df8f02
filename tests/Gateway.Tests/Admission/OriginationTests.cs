using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>Who is let in at a domain that takes calls and rings nobody (the SIP client guide §3, §6, §8 and §9).</summary>
public sealed class OriginationTests : OriginationTest
{
    private const string SixMethods = "INVITE, ACK, CANCEL, BYE, REGISTER, OPTIONS";

    [Fact]
    public void A_REGISTER_is_answered_200_and_binds_nothing()
    {
        // The guide §6.1, §8
        var (phone, _) = Account("acme");
        phone.SendsRegister();
        phone.Digest.Learn(phone.Gets(401));
        phone.SendsRegister();

        var answer = phone.Gets(200);

        Assert.Equal(("", "3600"), (SipText.Header(answer, "Contact"), SipText.Header(answer, "Expires")));
        Assert.Equal((0, 0), (Script.Grains.Extension(SipScript.Tenant, "acme").Registers, Script.Registrations));
    }

    [Fact]
    public void No_interval_of_a_REGISTER_is_too_brief()
    {
        // The guide §8: below 60 s changes nothing, since nobody is called back.
        var phone = Account("acme").Phone.IsChallenged();

        phone.SendsRegister(expires: 30);

        Assert.Equal("30", SipText.Header(phone.Gets(200), "Expires"));
    }

    [Fact]
    public void An_unregistration_is_answered_200()
    {
        var phone = Account("acme").Phone.IsChallenged();

        phone.SendsRegister("*", 0);

        Assert.Equal("0", SipText.Header(phone.Gets(200), "Expires"));
    }

    [Fact]
    public void A_REGISTER_for_somebody_else_is_refused()
    {
        // RFC 3261 §10.3 step 4
        var phone = Account("acme").Phone.IsChallenged();

        phone.SendsRegister(to: $"sip:other@{Dialler}");

        phone.Gets(403);
    }

    [Fact]
    public void A_binding_of_before_is_not_refreshed_once_the_domain_takes_calls_only()
    {
        Open(isOriginationOnly: false);
        Script.AddExtension("acme");
        var phone = Script.Stranger("acme", Dialler).Registers();
        var before = Assert.Single(Script.Grains.Extension(SipScript.Tenant, "acme").Bindings);
        Open();
        Script.Passes(60);

        phone.SendsRegister();
        phone.Digest.Learn(phone.Gets(401));
        phone.SendsRegister();

        phone.Gets(200);
        Assert.Equal(before.Expires, Assert.Single(Script.Grains.Extension(SipScript.Tenant, "acme").Bindings).Expires);
        Script.Passes(3600);
    }

    [Fact]
    public void A_nonce_serves_one_request()
    {
        // The guide §8: each INVITE is authenticated by a fresh nonce; by RFC 7616 §3.4 alone the next count would do.
        Script.Carrier("carrier");
        Script.AddRoute("", "carrier");
        var account = Account("acme");
        var first = Calls(account, "17752180264");
        first.Sends("CANCEL");

        var second = account.Phone.Invites("17752180264", "", account.Digest.Answer("Authorization", "INVITE", $"sip:17752180264@{Dialler}"));

        second.GetsRefusal(401);
        Assert.Contains("stale=true", SipText.Header(second.Last, "WWW-Authenticate"), StringComparison.Ordinal);
        Assert.NotEqual(account.Digest.Nonce, PhoneDigest.Quoted(SipText.Header(second.Last, "WWW-Authenticate"), "nonce"));
    }

    [Fact]
    public void The_nonce_of_a_REGISTER_serves_no_INVITE()
    {
        var account = Account("acme");
        account.Phone.Registers();
        account.Digest.Learn(Challenge(account.Phone));
        account.Digest.Nonce = account.Phone.Digest.Nonce;
        account.Digest.Count = account.Phone.Digest.Count;

        var call = account.Phone.Invites("1", "", account.Digest.Answer("Authorization", "INVITE", $"sip:1@{Dialler}"));

        call.GetsRefusal(401);
    }

    [Fact]
    public void A_nonce_used_at_another_domain_of_the_tenant_serves_no_INVITE()
    {
        var account = Account("acme");
        var phone = Script.Stranger("acme").Registers();
        account.Digest.Learn(Challenge(account.Phone));
        account.Digest.Nonce = phone.Digest.Nonce;
        account.Digest.Count = phone.Digest.Count;

        var call = account.Phone.Invites("1", "", account.Digest.Answer("Authorization", "INVITE", $"sip:1@{Dialler}"));

        call.GetsRefusal(401);
    }

    [Fact]
    public void An_account_that_does_not_exist_is_told_so()
    {
        // The guide §9
        Account("acme");
        var nobody = (Script.Stranger("nobody", Dialler), new PhoneDigest("nobody", "x"));

        Assert.Equal("SIP/2.0 403 Unknown user", Refusal(Calls(nobody, "1")));
    }

    [Fact]
    public void A_suspended_account_is_told_the_same()
    {
        // The guide §9
        var account = Account("acme", extension => extension with { Enabled = false });

        Assert.Equal("SIP/2.0 403 Unknown user", Refusal(Calls(account, "1")));
    }

    [Fact]
    public void A_wrong_password_is_told_as_bad_credentials()
    {
        // The guide §9
        Assert.Equal("SIP/2.0 403 Bad credentials", Refusal(Calls(Account("acme", password: "wrong"), "1")));
    }

    [Fact]
    public void An_answer_for_another_realm_is_told_as_bad_credentials()
    {
        // The guide §9: a realm that was typed instead of taken from the challenge.
        var account = Account("acme");
        Challenged(account, "1");
        var answer = account.Digest.Answer("Authorization", "INVITE", $"sip:1@{Dialler}")
            .Replace($"realm=\"{SipScript.Domain}\"", "realm=\"other\"", StringComparison.Ordinal);

        Assert.Equal("SIP/2.0 403 Bad credentials", Refusal(account.Phone.Invites("1", "", answer)));
    }

    [Fact]
    public void A_REGISTER_is_refused_in_the_same_words()
    {
        Account("acme");
        var wrong = Script.Stranger("acme", Dialler, password: "wrong").IsChallenged();
        var nobody = Script.Stranger("nobody", Dialler).IsChallenged();

        wrong.SendsRegister();
        nobody.SendsRegister();

        Assert.Equal("SIP/2.0 403 Bad credentials", SipText.FirstLine(wrong.Gets(403)));
        Assert.Equal("SIP/2.0 403 Unknown user", SipText.FirstLine(nobody.Gets(403)));
    }

    [Fact]
    public void At_the_tenants_other_domains_nobody_is_told_what_was_wrong()
    {
        Account("acme");
        var nobody = Script.Stranger("nobody").IsChallenged();

        nobody.SendsRegister();

        Assert.Equal("SIP/2.0 403 Forbidden", SipText.FirstLine(nobody.Gets(403)));
    }

    [Fact]
    public void Another_password_counts_from_the_next_call_on_even_when_its_news_are_lost()
    {
        // The guide §8
        var account = Account("acme");
        Refused(Calls(account, "1"), 404);

        var changed = Script.Grains.Extension(SipScript.Tenant, "acme");
        changed.Credentials = changed.Credentials! with { Ha1Md5 = [.. new byte[16]] };

        Assert.Equal("SIP/2.0 403 Bad credentials", Refusal(Calls(account, "1")));
    }

    [Fact]
    public void Another_password_counts_also_when_the_domain_was_read_for_the_call()
    {
        // The guide §8
        var account = Account("acme");
        Refused(Calls(account, "1"), 404);
        var call = Challenged(account, "1");
        var changed = Script.Grains.Extension(SipScript.Tenant, "acme");
        changed.Credentials = changed.Credentials! with { Ha1Md5 = [.. new byte[16]] };
        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, Removed = true });

        Answers(call, account);

        Assert.Equal("SIP/2.0 403 Bad credentials", Refusal(call));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("nobody")]
    public void A_nonce_that_is_made_up_has_nothing_read(string username)
    {
        // RFC 7616 §3.3: what is stale is the nonce.
        Account("acme");
        var account = (Phone: Script.Stranger(username, Dialler), Digest: new PhoneDigest(username, $"secret-{username}"));
        var call = Challenged(account, "1");
        var grain = Script.Grains.Extension(SipScript.Tenant, username);
        var reads = grain.CredentialReads;
        account.Digest.Nonce = new string('x', account.Digest.Nonce.Length);

        Answers(call, account);

        call.GetsRefusal(401);
        Assert.Contains("stale=true", SipText.Header(call.Last, "WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(reads, grain.CredentialReads);
    }

    [Fact]
    public void A_call_asks_one_grain_once()
    {
        var account = Account("acme");
        Refused(Calls(account, "1"), 404);
        var grain = Script.Grains.Extension(SipScript.Tenant, "acme");
        var reads = grain.CredentialReads;

        Refused(Calls(account, "1"), 404);

        Assert.Equal((reads + 1, 0), (grain.CredentialReads, grain.Reaches));
    }

    [Fact]
    public void While_the_backend_is_down_calls_get_503()
    {
        // The guide §9
        var account = Account("acme");
        Refused(Calls(account, "1"), 404);
        var call = Challenged(account, "1");
        Script.Grains.Weather.IsDown = true;

        Answers(call, account);

        call.GetsRefusal(503);
        Assert.NotEmpty(SipText.Header(call.Last, "Retry-After"));
    }

    [Theory]
    [InlineData("INFO")]
    [InlineData("MESSAGE")]
    [InlineData("NOTIFY")]
    [InlineData("SUBSCRIBE")]
    [InlineData("REFER")]
    [InlineData("PUBLISH")]
    [InlineData("UPDATE")]
    public void A_seventh_method_is_405_with_the_six(string method)
    {
        // The guide §8, RFC 3261 §8.2.1
        var (phone, _) = Account("acme");

        phone.Sends(Request(phone, method));

        Assert.Equal(SixMethods, SipText.Header(phone.Gets(405), "Allow"));
    }

    [Fact]
    public void OPTIONS_is_answered_with_the_six_methods()
    {
        // RFC 3261 §11.2
        var phone = Account("acme").Phone.IsChallenged();

        phone.Sends(Request(phone, "OPTIONS"));

        Assert.Equal(SixMethods, SipText.Header(phone.Gets(200), "Allow"));
    }

    [Fact]
    public void Other_domains_of_the_tenant_take_all_methods()
    {
        Account("acme");
        var phone = Script.Stranger("acme").IsChallenged();

        phone.Sends(Request(phone, "MESSAGE"));
        phone.Gets(407);
        phone.Sends(Request(phone, "PUBLISH"));

        Assert.Contains("MESSAGE", SipText.Header(phone.Gets(405), "Allow"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_carrier_is_challenged_there_as_everybody()
    {
        // The guide, appendix A: an address identifies nobody here, and nobody can be called.
        Script.Registered("acme");
        var carrier = Script.Carrier("carrier");
        Account("acme");
        var call = PhoneCall.Outgoing(carrier, $"sip:acme@{Dialler}");

        call.SendsInvite(Sdp.Of(carrier.Address));

        call.GetsRefusal(401);
    }

    private static string Request(Phone phone, string method) => SipText.Write(
        $"{method} sip:{phone.Domain} SIP/2.0",
        [
            phone.Via(phone.NewBranch()), "Max-Forwards: 70", $"From: <sip:acme@{phone.Domain}>;tag=f", $"To: <sip:{phone.Domain}>",
            $"Call-ID: {phone.NewId("c")}", $"CSeq: 1 {method}", $"User-Agent: {new string('x', 200)}",
        ],
        null);

    private static SipMessage Challenge(Phone phone)
    {
        var call = phone.Invites("1");
        call.GetsRefusal(401);
        return call.Last;
    }

    private static string Refusal(PhoneCall call)
    {
        Refused(call, 403);
        return SipText.FirstLine(call.Last);
    }

    private static void Refused(PhoneCall call, int status) => call.GetsRefusal(status);
}
