using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Api.Accounts;

namespace TekSipCloud.Api.Security;

/// <summary><c>Authorization: Bearer tsk_…</c></summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("The Authorization header is no bearer token.");

        var verdict = await check.Check(header[Bearer.Length..].Trim(), AttemptSource.Of(Context));
        return verdict.Value is { } caller
            ? AuthenticateResult.Success(new(caller.ToPrincipal(SchemeName), SchemeName))
            : AuthenticateResult.Fail("The API key is not valid.");
    }
}
