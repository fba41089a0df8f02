using Microsoft.AspNetCore.HttpOverrides;

namespace TekSipCloud.Silo;

/// <summary>Believes the reverse proxies that were configured, and nobody else, about who their clients are.</summary>
internal static class ProxyServices
{
    /// <summary>Takes client address, scheme and host from the headers of the configured proxies.</summary>
    public static WebApplication UseProxies(this WebApplication app, SiloOptions silo)
    {
        if (silo.Proxies.Count == 0)
            return app;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // A chain of proxies is believed as far as each of them is known.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in silo.ProxyNetworks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
        return app;
    }
}
