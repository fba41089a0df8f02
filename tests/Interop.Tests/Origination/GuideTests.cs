using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Origination;

/// <summary>What the client guide says of the server: its §6.1, §8 and §9 line by line, asked from outside.</summary>
public sealed class GuideTests(GuideFixture guide) : IClassFixture<GuideFixture>
{
    private const string NoRoute = "404";
    private const string SixMethods = "INVITE, ACK, CANCEL, BYE, REGISTER, OPTIONS";

    /// <summary>§6.1, §8, and §9: 401.</summary>
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_REGISTER_is_challenged_answered_200_and_binds_nothing(string transport)
    {
        await using var phone = await Connect("registers", transport);

        var challenge = await phone.Ask("REGISTER");
        var answer = await phone.Ask("REGISTER", challenge: challenge);

        Assert.Equal((401, 200), (challenge.Status, answer.Status));
        Assert.StartsWith($"Digest realm=\"{guide.Tenant.Domain}\"", challenge.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Contains("algorithm=MD5", challenge.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Contact"));
        Assert.Empty(await guide.Host.Rest.GetAll(guide.Tenant.Path("registrations")));
    }

    /// <summary>§8: below 60 s does nothing.</summary>
    [Fact]
    public async Task A_brief_interval_is_as_good_as_any()
    {
        await using var phone = await Connect("brief");

        Assert.Equal(200, (await phone.Do("REGISTER", more: "Expires: 5\n")).Status);
    }

    /// <summary>§8: origination only.</summary>
    [Fact]
    public async Task Who_is_registered_is_not_called()
    {
        await using var phone = await Connect("called");
        Assert.Equal(200, (await phone.Do("REGISTER")).Status);
        await using var other = await Connect("calling");

        Assert.Equal(404, (await other.Do("INVITE", phone.Account)).Status);
    }

    /// <summary>§8: every INVITE is authenticated by a fresh nonce.</summary>
    [Fact]
    public async Task A_nonce_serves_one_INVITE()
    {
        await using var phone = await Connect("nonces");
        var challenge = await phone.Ask("INVITE", NoRoute);
        Assert.Equal(404, (await phone.Ask("INVITE", NoRoute, challenge)).Status);

        var again = await phone.Ask("INVITE", NoRoute, challenge);

        Assert.Equal(401, again.Status);
        Assert.Contains("stale=true", again.Header("WWW-Authenticate"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(404, (await phone.Ask("INVITE", NoRoute, again)).Status);
    }

    /// <summary>§8: a password that was rotated counts from the next call on, without a registration between.</summary>
    [Fact]
    public async Task Another_password_counts_from_the_next_call_on()
    {
        await using var phone = await Connect("rotates");
        Assert.Equal(200, (await phone.Do("REGISTER")).Status);
        Assert.Equal(404, (await phone.Do("INVITE", NoRoute)).Status);

        await guide.Change(phone.Account, "password", "rotated-secret");

        IsRefused(403, "Bad credentials", await phone.Do("INVITE", NoRoute));
        phone.Password = "rotated-secret";
        Assert.Equal(404, (await phone.Do("INVITE", NoRoute)).Status);
    }

    /// <summary>§8 and §9: 405 for all but six methods.</summary>
    [Theory]
    [InlineData("SUBSCRIBE")]
    [InlineData("MESSAGE")]
    [InlineData("PUBLISH")]
    [InlineData("REFER")]
    [InlineData("NOTIFY")]
    [InlineData("INFO")]
    [InlineData("UPDATE")]
    [InlineData("PRACK")]
    [InlineData("DANCE")]
    public async Task Any_other_method_is_405_with_the_six(string method)
    {
        await using var phone = await ConnectAs("nobody");

        var answer = await phone.Ask(method);

        IsRefused(405, "Method Not Allowed", answer);
        Assert.Equal(SixMethods, answer.Header("Allow"));
    }

    /// <summary>§8: OPTIONS is one of the six.</summary>
    [Fact]
    public async Task OPTIONS_is_answered_with_the_six()
    {
        await using var phone = await Connect("options");

        var answer = await phone.Do("OPTIONS");

        Assert.Equal(200, answer.Status);
        Assert.Equal(SixMethods, answer.Header("Allow"));
    }

    /// <summary>§2 and §8: G.711 or nothing.</summary>
    [Theory]
    [InlineData("m=audio 40000 RTP/AVP 9\na=rtpmap:9 G722/8000\n")]
    [InlineData("m=audio 40000 RTP/AVP 18\na=rtpmap:18 G729/8000\n")]
    [InlineData("m=audio 40000 RTP/AVP 96\na=rtpmap:96 opus/48000/2\n")]
    public async Task Other_codecs_than_G711_are_488(string offer)
    {
        await using var phone = await Connect("codecs");
        phone.Offer = offer;

        Assert.Equal(488, (await phone.Do("INVITE")).Status);
    }

    /// <summary>§9: 403 Unknown user.</summary>
    [Theory]
    [InlineData("REGISTER")]
    [InlineData("INVITE")]
    public async Task An_account_that_does_not_exist_is_told_so(string method)
    {
        await using var phone = await ConnectAs("nobody");

        IsRefused(403, "Unknown user", await phone.Do(method));
    }

    /// <summary>§9: 403 Unknown user.</summary>
    [Fact]
    public async Task A_suspended_account_is_told_the_same()
    {
        await using var phone = await Connect("suspended");
        await guide.Change(phone.Account, "enabled", false);

        IsRefused(403, "Unknown user", await phone.Do("INVITE"));
    }

    /// <summary>§9: 403 Bad credentials.</summary>
    [Theory]
    [InlineData("REGISTER")]
    [InlineData("INVITE")]
    public async Task A_wrong_password_is_told_as_bad_credentials(string method)
    {
        await using var phone = await Connect("wrong");
        phone.Password = "another";

        IsRefused(403, "Bad credentials", await phone.Do(method));
    }

    /// <summary>§9: 403 Bad credentials, for a misconfigured realm.</summary>
    [Fact]
    public async Task A_realm_that_was_typed_wrong_is_told_as_bad_credentials()
    {
        await using var phone = await Connect("realm");

        IsRefused(403, "Bad credentials", await phone.AskWithRealm("INVITE", "sip.example.com", await phone.Ask("INVITE")));
    }

    /// <summary>§9: 503, and when to try again (RFC 3261 §21.5.4).</summary>
    [Fact]
    public async Task While_the_backend_is_down_a_call_is_503()
    {
        using var data = new TestFolder("backend");
        await using var azurite = await AzuriteFixture.Start(data.Path);
        await using var host = await HostProcess.Start(azurite, new HostOptions { MayLogErrors = true });
        using var tenant = await TestTenant.CreateForOrigination(host, "down");
        await tenant.AddExtension("acme", allowExternalCalls: true);
        // A process that has read nothing of the account yet.
        await host.Stop();
        await host.Restart();
        await using var phone = await Dialler.Connect(host, tenant, "acme", "TCP");

        azurite.Pause();
        var answer = await phone.Do("INVITE", NoRoute);
        azurite.Resume();

        IsRefused(503, "Service Unavailable", answer);
        Assert.NotNull(answer.Header("Retry-After"));
        await Poll.Until("the account is served", () => phone.Do("INVITE", NoRoute), found => found.Status == 404, TimeSpan.FromSeconds(30));
    }

    private async Task<Dialler> Connect(string name, string transport = "UDP") => await ConnectAs(await guide.AddAccount(name), transport);

    private Task<Dialler> ConnectAs(string account, string transport = "UDP") => Dialler.Connect(guide.Host, guide.Tenant, account, transport);

    private static void IsRefused(int status, string reason, Testing.Phones.SipAnswer answer) =>
        Assert.Equal($"SIP/2.0 {status} {reason}", answer.Text.Split("\r\n")[0]);
}
