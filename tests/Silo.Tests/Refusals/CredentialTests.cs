using System.Text.RegularExpressions;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>Requests without the right credentials; nothing tells whether a user exists.</summary>
public sealed partial class CredentialTests(HostFixture fixture)
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task The_right_password_registers(string transport)
    {
        using var tenant = await TestTenant.Create(fixture.Host, "right");
        await tenant.AddExtension("1001");
        await using var client = await Connect(transport);

        var answer = await SipRequests.RegisterWith(client, "1001", tenant.Domain, TestTenant.PasswordOf("1001"), $"right-password-{transport}");

        Assert.Equal(200, answer.Status);
        Assert.Contains($"sip:1001@{client.Address}", answer.Header("Contact"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_user_is_answered_byte_for_byte_like_a_wrong_password()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "unknown");
        await tenant.AddExtension("1001");
        await using var client = await Connect("UDP");

        var wrongPassword = await SipRequests.RegisterWith(client, "1001", tenant.Domain, "wrong", "answers-alike");
        var unknownUser = await SipRequests.RegisterWith(client, "1999", tenant.Domain, "wrong", "answers-alike");

        Assert.Equal(403, wrongPassword.Status);
        Assert.Equal(WithoutIds(wrongPassword.Text), WithoutIds(unknownUser.Text.Replace("1999", "1001", StringComparison.Ordinal)));
        Assert.Empty(await fixture.Host.Rest.GetAll(tenant.Path("registrations")));
    }

    [Fact]
    public async Task An_unknown_user_is_challenged_byte_for_byte_like_a_known_one()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "challenge");
        await tenant.AddExtension("1001");
        await using var client = await Connect("UDP");

        var known = await client.Ask(SipRequests.Register(client, "1001", tenant.Domain, "challenged-alike"));
        var unknown = await client.Ask(SipRequests.Register(client, "1999", tenant.Domain, "challenged-alike"));

        Assert.Equal(401, known.Status);
        Assert.Equal(WithoutIds(known.Text), WithoutIds(unknown.Text.Replace("1999", "1001", StringComparison.Ordinal)));
    }

    /// <summary>RFC 3261 §22.2, §22.3: a registrar asks with 401, who forwards calls with 407.</summary>
    [Fact]
    public async Task A_request_without_credentials_is_challenged_once()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "nothing");
        await tenant.AddExtension("1001");
        await using var client = await Connect("UDP");

        var register = await client.Ask(SipRequests.Register(client, "1001", tenant.Domain, "no-credentials"));
        var invite = await client.Ask(SipRequests.Invite(client, "1001", tenant.Domain, "1001", "no-credentials-2"));

        Assert.Equal((401, 407), (register.Status, invite.Status));
        Assert.StartsWith("Digest ", register.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Contains("algorithm=MD5", invite.Header("Proxy-Authenticate"), StringComparison.Ordinal);
        await tenant.AwaitNoSession();
    }

    /// <summary>RFC 3261 §10.3 step 1: a registrar of other domains answers 404; nothing is relayed there.</summary>
    [Fact]
    public async Task A_request_for_an_unknown_domain_goes_nowhere()
    {
        await using var client = await Connect("UDP");

        var register = await client.Ask(SipRequests.Register(client, "1001", "elsewhere.example", "unknown-domain"));
        var invite = await client.Ask(SipRequests.Invite(client, "1001", "elsewhere.example", "1002", "unknown-domain-2"));

        Assert.Equal((404, 404), (register.Status, invite.Status));
    }

    /// <summary>The credentials of one tenant mean nothing in another, though the number exists there too.</summary>
    [Fact]
    public async Task A_password_of_another_tenants_extension_is_wrong()
    {
        using var one = await TestTenant.Create(fixture.Host, "one");
        using var other = await TestTenant.Create(fixture.Host, "other");
        await one.AddExtension("1001");
        await fixture.Host.Rest.Post(other.Path("extensions"), new { username = "1001", password = "another-password" });
        await using var client = await Connect("UDP");

        var answer = await SipRequests.RegisterWith(client, "1001", other.Domain, TestTenant.PasswordOf("1001"), "other-tenant");
        Assert.Equal(403, answer.Status);
    }

    private Task<SipClient> Connect(string transport) =>
        SipClient.Connect(transport, transport == "TLS" ? fixture.Host.Ports.Sips : fixture.Host.Ports.Sip, fixture.Host.Certificate);

    /// <summary>Branches, tags of ours and nonces differ between any two answers.</summary>
    private static string WithoutIds(string answer) => Ids().Replace(answer, "${name}…");

    [GeneratedRegex("(?<name>branch=z9hG4bK|>;tag=|nonce=\")[0-9A-Za-z_-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
