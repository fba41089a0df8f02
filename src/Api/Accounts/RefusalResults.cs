using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using TekSipCloud.Api.Http;

namespace TekSipCloud.Api.Accounts;

/// <summary>Answers refused requests with problems: 401, 403, or 404 for what belongs to another tenant.</summary>
internal sealed class RefusalResults : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);

        if (authorizeResult.Challenged || context.User.FindCaller() is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return ProblemBody.Write(context, StatusCodes.Status401Unauthorized, "Sign in, or give a valid API key.");
        }

        var reasons = authorizeResult.AuthorizationFailure?.FailureReasons ?? [];
        return reasons.Any(reason => reason.Message == RoleHandler.OtherTenant)
            ? ProblemBody.Write(context, StatusCodes.Status404NotFound, "There is no such tenant.")
            : ProblemBody.Write(context, StatusCodes.Status403Forbidden, "Your role does not allow this.");
    }
}
