using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Accounts;

/// <summary>The console's cookie: encrypted under the cluster's keys, void as soon as the account's password changes.</summary>
internal static class SessionCookie
{
    public const string Scheme = "Session";
    public const string Name = "tsc";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = CheckStamp;
    }

    public static Task SignIn(HttpContext context, Account account) =>
        context.SignInAsync(Scheme, ToCaller(account).ToPrincipal(Scheme, account.Stamp));

    public static Caller ToCaller(Account account) => new(account.Username, account.Role, account.Tenant);

    private static async Task CheckStamp(CookieValidatePrincipalContext context)
    {
        var caller = context.Principal?.FindCaller();
        var grains = context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        var account = caller is null ? null : await grains.Account(caller.Username).Get();
        var stamp = context.Principal?.FindFirst(CallerClaims.Stamp)?.Value;

        if (account is not null && account.Stamp == stamp && ToCaller(account) == caller)
            return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
