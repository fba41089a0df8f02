using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Options;
using TekSipCloud.Api.Guides;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.Guides;

/// <summary><c>/guides/{domain}</c>: the guide to an origination-only domain.</summary>
public sealed class GuideTests(Product product) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guides-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_guide_to_a_domain_that_takes_calls_only_is_public_and_others_have_none()
    {
        using var console = await product.Operator();
        var id = await product.NewTenant();
        var (phones, dialler) = ($"{id}.example", $"dial.{id}.example");
        var changed = await console.Send(
            "PATCH", $"/api/v1/tenants/{id}", new { domains = new[] { phones, dialler }, originationDomains = new[] { dialler } });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var stranger = new HttpClient { BaseAddress = product.Address };

        var page = await stranger.GetAsync(new Uri($"/guides/{dialler}", UriKind.Relative), TestContext.Current.CancellationToken);
        var other = await stranger.GetAsync(new Uri($"/guides/{phones}", UriKind.Relative), TestContext.Current.CancellationToken);

        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (page.StatusCode, other.StatusCode));
        Assert.Contains($"<h1>Calling through {dialler}</h1>", text, StringComparison.Ordinal);
        Assert.Contains("<table>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_tries_one_domain_after_the_other_is_stopped()
    {
        // RFC 6585 §4
        await using var host = await product.StartHost(("Api:MaxFailures", "3"));
        using var stranger = host.CreateClient();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Send("GET", $"/guides/guess{i}.example")).StatusCode);

        var answer = await stranger.Send("GET", "/guides/guess3.example");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_name_that_is_longer_than_any_domain_has_no_guide()
    {
        // RFC 1035 §2.3.4
        await using var host = await product.StartHost();
        using var stranger = host.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Send("GET", $"/guides/{new string('x', 2_000)}")).StatusCode);
    }

    [Fact]
    public async Task Its_values_are_this_systems_and_an_edit_shows_at_once()
    {
        var guide = new GuidePage(
            Options.Create(new GuideOptions { Folder = _folder.FullName }), [new Listeners()], [new Ports()]);
        await Write("{{ports}} {{media}} {{realm}} {{algorithm}} {{echo}}");
        Assert.Contains("5060 UDP, 5061 TLS 20000–20999 acme.example MD5 *43", await Render(guide), StringComparison.Ordinal);

        await Write("**Edited** <script>alert(1)</script>");

        var edited = await Render(guide);
        Assert.Contains("<strong>Edited</strong>", edited, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", edited, StringComparison.Ordinal);
    }

    private static async Task<string> Render(GuidePage guide)
    {
        var tenant = new Tenant(new("acme"), "Acme", "acme.example", ["dial.acme.example"], true, new(), default);
        return await guide.Render(tenant, "dial.acme.example", TestContext.Current.CancellationToken) ?? "";
    }

    private Task Write(string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, "origination.md"), text);

    private sealed class Listeners : ISipListeners
    {
        public ImmutableArray<SipListener> Open { get; } = [new(Transport.Udp, "192.0.2.1", 5060), new(Transport.Tls, "192.0.2.1", 5061)];
    }

    private sealed class Ports : IMediaPorts
    {
        public (int First, int Last) Range => (20_000, 20_999);
    }
}
