using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TekSipCloud.Sip.Transports.WebSockets;

/// <summary>
/// Turns HTTP requests into WebSockets that carry SIP (RFC 7118) and serves them until they end. Whoever maps it to a path checks the Origin
/// first.
/// </summary>
public sealed class SipWebSocketHandler(SipTransportLayer layer)
{
    /// <summary>
    /// Serves one request. Answers 426 to what is no opening of a WebSocket, 400 to one that does not offer the subprotocol <c>sip</c>, 503 to an
    /// address that has too many connections.
    /// </summary>
    public async Task Serve(HttpContext context)
    {
        var remote = EndpointOf(context.Connection.RemoteIpAddress, context.Connection.RemotePort);
        var status = WebSocketHandshake.Refusal(context);
        if (status == 0 && !layer.HasRoomFor(remote.Address))
            status = StatusCodes.Status503ServiceUnavailable;
        if (status != 0)
        {
            context.Response.StatusCode = status;
            if (status == StatusCodes.Status426UpgradeRequired)
                WebSocketHandshake.Explain(context.Response);
            return;
        }

        // A request without an end of its body.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        var stream = await WebSocketHandshake.Accept(context).ConfigureAwait(false);
        var served = layer.Serve(EndpointOf(context, remote, stream), out var flow);
        // Kestrel, when it stops, asks first and waits long before it cuts.
        var stopping = context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        await using var registration = stopping.UnsafeRegister(static flow => ((SipFlow?)flow)?.Close(), flow);
        await served.ConfigureAwait(false);
    }

    private StreamEndpoint EndpointOf(HttpContext context, IPEndPoint remote, Stream stream) => new(
        context.Request.IsHttps ? SipTransportProtocol.Wss : SipTransportProtocol.Ws,
        EndpointOf(context.Connection.LocalIpAddress, context.Connection.LocalPort),
        remote,
        new StreamPipe(stream),
        context.Abort)
    {
        IsIncoming = true,
        Framing = new WebSocketFraming(layer.Limits),
    };

    private static IPEndPoint EndpointOf(IPAddress? address, int port) => new(
        address is null ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
}
