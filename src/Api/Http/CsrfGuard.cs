using Microsoft.AspNetCore.Http;
using TekSipCloud.Api.Accounts;

namespace TekSipCloud.Api.Http;

/// <summary>
/// Demands a header that no foreign page can send without our consent (there is no CORS here) from every change that a cookie pays for.
/// </summary>
internal sealed class CsrfGuard(RequestDelegate next)
{
    public const string Header = "X-Requested-With";
    public const string Value = "console";

    public Task InvokeAsync(HttpContext context) =>
        IsSafe(context.Request.Method) || !IsByCookie(context) || context.Request.Headers[Header] == Value
            ? next(context)
            : ProblemBody.Write(context, StatusCodes.Status403Forbidden, $"The header {Header}: {Value} is missing.");

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsByCookie(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: SessionCookie.Scheme };
}
