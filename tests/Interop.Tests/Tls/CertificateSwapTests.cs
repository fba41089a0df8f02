using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Certificates;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Tls;

/// <summary>A certificate is replaced on disk while phones talk (the manual, Server Certificate).</summary>
public sealed class CertificateSwapTests(HostFixture fixture) : IDisposable
{
    private const int CallersTone = 440;
    private const int CalleesTone = 1000;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TestAuthority _authority = new();
    private readonly TestFolder _folder = new("swap");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_call_goes_on_while_new_connections_are_shown_the_new_certificate()
    {
        await File.WriteAllTextAsync(_folder.Combine("authority.pem"), _authority.Pem, TestContext.Current.CancellationToken);
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "swap");
        foreach (var number in (string[])["1001", "1002", "1003"])
            await tenant.AddExtension(number);
        var first = await Install(host, tenant);
        await using var caller = await Baresip.Start(Account(host, tenant, "1001") with { Hertz = CallersTone });
        await using var callee = await Baresip.Start(Account(host, tenant, "1002") with { Hertz = CalleesTone });
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));

        var second = await Install(host, tenant);
        Assert.NotEqual(first, second);
        await Task.WhenAll(caller.AwaitTone(CalleesTone, Talk), callee.AwaitTone(CallersTone, Talk));
        await using var late = await Baresip.Start(Account(host, tenant, "1003"));
        Assert.Equal(second, await ShownBy(host.Ports.Sips, tenant.Domain));
        Assert.Equal(second, await ShownBy(host.Ports.Https, tenant.Domain));

        await caller.HangUp();
        await callee.Await("CALL_CLOSED");
    }

    [Fact]
    public async Task A_client_that_does_not_trust_us_is_in_the_event_log_of_the_tenant_it_asked_for()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "distrust");

        await using var client = OpenSsl.Connect(fixture.Host.Ports.Sips, tenant.Domain, "-verify_return_error", "-no-CAfile", "-no-CApath");

        await Poll.Until(
            "the event", () => fixture.Host.Rest.GetAll($"tenants/{tenant.Id}/events"),
            events => events.Any(e => e.GetProperty("message").GetString()!.StartsWith(
                $"A TLS handshake from 127.0.0.1 for {tenant.Domain} failed: It broke off, saying: ", StringComparison.Ordinal)),
            Soon);
    }

    private PhoneAccount Account(HostProcess host, TestTenant tenant, string number) =>
        host.Account(tenant, number, "tls") with { TrustedCertificate = _folder.Combine("authority.pem") };

    /// <summary>Puts a new certificate where the old one was; its fingerprint, once it is in use.</summary>
    private async Task<string> Install(HostProcess host, TestTenant tenant)
    {
        using var certificate = _authority.Issue(tenant.Domain, "127.0.0.1");
        await File.WriteAllTextAsync(
            Path.Combine(host.DataFolder, "certificates", "default.pem"), TestAuthority.PemOf(certificate), TestContext.Current.CancellationToken);
        var expected = certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
        await Poll.Until("the certificate in use", () => host.Rest.Get("system"), system => Uses(system, expected), Soon);
        return expected;
    }

    private static bool Uses(JsonElement system, string thumbprint) => system.GetProperty("certificates").EnumerateArray()
        .Any(c => c.GetProperty("isDefault").GetBoolean() && c.GetProperty("thumbprint").GetString() == thumbprint);

    private static async Task<string> ShownBy(int port, string name)
    {
        await using var client = OpenSsl.Connect(port, name);
        return await client.Fingerprint();
    }
}
