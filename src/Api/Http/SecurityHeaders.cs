using Microsoft.AspNetCore.Http;

namespace TekSipCloud.Api.Http;

/// <summary>Headers that keep a browser from doing with our answers what they are not for.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Styles: the console's component library sets inline styles; scripts come from files only.
    private const string ConsolePolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; object-src 'none'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var isConsole = context.Request.Path.StartsWithSegments("/console", StringComparison.OrdinalIgnoreCase);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = isConsole ? ConsolePolicy : ApiPolicy;
        if (!isConsole)
            headers.CacheControl = "no-store";

        return next(context);
    }
}
