using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Markdig;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Guides;

/// <summary>The guide to an origination-only domain: Markdown with this system's values in it, as a page.</summary>
internal sealed class GuidePage(IOptions<GuideOptions> options, IEnumerable<ISipListeners> listeners, IEnumerable<IMediaPorts> media)
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}"
        + "table{border-collapse:collapse}th,td{border:1px solid #ccd1d6;padding:.3rem .6rem;text-align:left}pre{overflow:auto;background:#f3f5f7;padding:1rem}";

    // What operators write is text: HTML in it is shown, not obeyed.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>The page loads nothing, runs nothing and has one style: its own.</summary>
    public static string Policy { get; } = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
        + $"{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>The page for a domain of the tenant's; null when there is no guide.</summary>
    public async Task<string?> Render(Tenant tenant, string domain, CancellationToken cancel)
    {
        var file = Path.Combine(options.Value.Folder, "origination.md");
        if (!File.Exists(file))
            return null;

        var text = new StringBuilder(await File.ReadAllTextAsync(file, cancel));
        foreach (var (name, value) in Values(tenant, domain))
            text.Replace($"{{{{{name}}}}}", value);
        return $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + $"<title>{WebUtility.HtmlEncode(domain)}</title><style>{Style}</style></head><body><main>"
            + $"{Markdown.ToHtml(text.ToString(), Pipeline)}</main></body></html>";
    }

    private (string Name, string Value)[] Values(Tenant tenant, string domain) =>
    [
        ("domain", domain),
        ("realm", tenant.Realm),
        ("algorithm", tenant.Settings.DigestAlgorithm == DigestAlgorithm.Sha256 ? "SHA-256" : "MD5"),
        ("echo", tenant.Settings.EchoNumber),
        ("ports", Joined(listeners.SelectMany(all => all.Open)
            .Select(open => string.Create(CultureInfo.InvariantCulture, $"{open.Port} {open.Transport.ToString().ToUpperInvariant()}")))),
        ("media", Joined(media.Select(ports => string.Create(CultureInfo.InvariantCulture, $"{ports.Range.First}–{ports.Range.Last}")))),
    ];

    private static string Joined(IEnumerable<string> values) =>
        string.Join(", ", values.Distinct()) is { Length: > 0 } text ? text : "as your operator says";
}
