using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace TekSipCloud.Sip.Transports.WebSockets;

/// <summary>The server's side of a WebSocket's opening, over HTTP/1.1 (RFC 6455 §4.2) and HTTP/2 (RFC 8441).</summary>
internal static class WebSocketHandshake
{
    /// <summary>The subprotocol's name (RFC 7118 §4).</summary>
    public const string Subprotocol = "sip";

    private const string Version = "13";
    private const int KeyBytes = 16;

    /// <summary>RFC 6455 §1.3</summary>
    private static ReadOnlySpan<byte> Salt => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>The status that refuses the request; 0 when it opens a WebSocket for SIP.</summary>
    public static int Refusal(HttpContext context)
    {
        if (!IsConnect(context) && !IsUpgrade(context))
            return StatusCodes.Status426UpgradeRequired;
        // RFC 6455 §4.4: another version is answered with ours.
        if (context.Request.Headers.SecWebSocketVersion != Version)
            return StatusCodes.Status426UpgradeRequired;
        if (!IsConnect(context) && !IsKey(context.Request.Headers.SecWebSocketKey))
            return StatusCodes.Status400BadRequest;

        // RFC 7118 §4: the client MUST offer "sip".
        return OffersSip(context.Request.Headers) ? 0 : StatusCodes.Status400BadRequest;
    }

    /// <summary>Says yes and gives the connection's bytes.</summary>
    public static async Task<Stream> Accept(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.SecWebSocketProtocol = Subprotocol;
        if (IsConnect(context))
            return await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync().ConfigureAwait(false);

        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptOf(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
    }

    /// <summary>Adds what a 426 must say (RFC 9110 §15.5.22, RFC 6455 §4.4).</summary>
    public static void Explain(HttpResponse response)
    {
        response.Headers.Upgrade = "websocket";
        response.Headers.SecWebSocketVersion = Version;
    }

    /// <summary>RFC 6455 §4.2.2, item 5.4</summary>
    internal static string AcceptOf(string key)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The protocol demands it; nothing is secret here.
        SHA1.HashData([.. Encoding.ASCII.GetBytes(key), .. Salt], digest);
#pragma warning restore CA5350
        return Convert.ToBase64String(digest);
    }

    private static bool IsConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    private static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && HttpMethods.IsGet(context.Request.Method)
        && HasToken(context.Request.Headers.GetCommaSeparatedValues(HeaderNames.Upgrade), "websocket", StringComparison.OrdinalIgnoreCase);

    private static bool IsKey(string? key) =>
        key is not null && Base64.IsValid(key.AsSpan(), out var length) && length == KeyBytes;

    private static bool OffersSip(IHeaderDictionary headers) =>
        HasToken(headers.GetCommaSeparatedValues(HeaderNames.SecWebSocketProtocol), Subprotocol, StringComparison.Ordinal);

    private static bool HasToken(string[] values, string token, StringComparison comparison) =>
        Array.Exists(values, value => value.Equals(token, comparison));
}
