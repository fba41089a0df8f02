using System.Net;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Certificates;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Tls;

/// <summary>Calls to a carrier by TLS: it is believed only with the right name from the right authority (RFC 5922 §7.3).</summary>
public sealed class TlsDestinationTests(HostFixture fixture) : IDisposable
{
    private const string Carrier = "127.0.0.8";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private readonly TestAuthority _authority = new();
    private readonly TestFolder _folder = new("carrier");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_carrier_of_the_destinations_authority_gets_the_INVITE()
    {
        using var tenant = await Prepare();
        var port = PortBlock.Take(1).First;
        await using var carrier = await OpenSsl.Serve(Carrier, port, CertificateFor(Carrier));
        await AddCarrier(tenant, port, _authority.Pem);

        await using var caller = await Baresip.Start(fixture.Host.Account(tenant, "1001"));
        await caller.Dial("95551234");

        await carrier.WaitForLine(line => line.StartsWith($"INVITE sip:5551234@{Carrier}:{port}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.9", true, "is not 127.0.0.8's: it names 127.0.0.9.")]
    [InlineData(Carrier, false, "is not trusted: ")]
    public async Task Any_other_is_refused_and_the_event_log_says_why(string name, bool isItsAuthority, string reason)
    {
        using var tenant = await Prepare();
        using var other = new TestAuthority("Other");
        var port = PortBlock.Take(1).First;
        await using var carrier = await OpenSsl.Serve(Carrier, port, CertificateFor(name));
        await AddCarrier(tenant, port, isItsAuthority ? _authority.Pem : other.Pem);

        await using var caller = await Baresip.Start(fixture.Host.Account(tenant, "1001"));
        await caller.Dial("95551234");
        await caller.Await("CALL_CLOSED");

        await Poll.Until(
            "the event", () => fixture.Host.Rest.GetAll($"tenants/{tenant.Id}/events"),
            events => events.Any(e => e.GetProperty("message").GetString() is { } message
                && message.StartsWith($"No TLS with destination Carrier at {Carrier}:{port}: The certificate ", StringComparison.Ordinal)
                && message.Contains(reason, StringComparison.Ordinal)),
            Soon);
        Assert.DoesNotContain(carrier.Lines, line => line.StartsWith("INVITE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task Authorities_that_are_none_are_refused_when_they_are_saved(string pem)
    {
        using var tenant = await Prepare();

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => AddCarrier(tenant, 5061, pem));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Contains("tlsAuthorities", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<TestTenant> Prepare()
    {
        var tenant = await TestTenant.Create(fixture.Host, "tls");
        await tenant.AddExtension("1001", allowExternalCalls: true);
        return tenant;
    }

    private async Task AddCarrier(TestTenant tenant, int port, string authorities)
    {
        await fixture.Host.Rest.Post($"tenants/{tenant.Id}/destinations", new
        {
            name = "Carrier",
            gateway = Carrier,
            port,
            transport = "tls",
            removePrefix = true,
            tlsAuthorities = authorities,
        });
        await fixture.Host.Rest.Post($"tenants/{tenant.Id}/routes", new { prefix = "9", destination = "Carrier" });
    }

    private string CertificateFor(string name)
    {
        using var certificate = _authority.Issue(name);
        var file = _folder.Combine("carrier.pem");
        File.WriteAllText(file, TestAuthority.PemOf(certificate));
        return file;
    }
}
