using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Sip.Transports.WebSockets;

namespace TekSipCloud.Gateway.WebSockets;

/// <summary>Where browsers open their WebSockets. Who they are is SIP's to find out, by digest, as with every transport.</summary>
public static partial class WebSocketEndpoint
{
    /// <summary>The path.</summary>
    public const string Path = "/ws";

    /// <summary>Maps the path, unless WebSockets are turned off.</summary>
    public static IEndpointRouteBuilder MapSipWebSocket(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var options = services.GetRequiredService<IOptions<SipWebSocketOptions>>().Value;
        if (!options.Enabled)
            return routes;

        var handler = services.GetRequiredService<SipWebSocketHandler>();
        var origins = new OriginPolicy(options.Origins);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WebSocketEndpoint));
        routes.Map(Path, context => Serve(context, handler, origins, options, logger)).WithMetadata(new AllowAnonymousAttribute());
        return routes;
    }

    private static Task Serve(
        HttpContext context, SipWebSocketHandler handler, OriginPolicy origins, SipWebSocketOptions options, ILogger logger)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        if (origins.Allows(origin, request.Host.Host) && (request.IsHttps || options.AllowPlain))
            return handler.Serve(context);

        LogRefused(logger, context.Connection.RemoteIpAddress, origin.Length > 100 ? origin[..100] : origin);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    [LoggerMessage(4070, LogLevel.Information, "A WebSocket from {Address} is refused: without TLS, or its page is of another site ({Origin})")]
    private static partial void LogRefused(ILogger logger, System.Net.IPAddress? address, string origin);
}
