using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.OpenApi;
using TekSipCloud.Api.Security;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Accounts;

/// <summary><c>/api/v1/session</c>: sign in, who am I, sign out.</summary>
internal static class SessionEndpoints
{
    private const int MaxUsernameLength = 64;
    private const int MaxPasswordLength = 128;

    // The account says that it is locked, not for how long; asking again sooner does no harm.
    private static readonly TimeSpan LockedRetry = TimeSpan.FromSeconds(30);

    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session").WithProblems(StatusCodes.Status429TooManyRequests);
        session.MapPost("", SignIn).AllowAnonymous().WithName("SignIn").WithSummary("Sign in and get the session cookie");
        session.MapGet("", Get).RequireAuthorization(Policies.Viewer).WithName("GetSession").WithSummary("Who is signed in");
        session.MapDelete("", (Delegate)SignOut).RequireAuthorization(Policies.Viewer).WithName("SignOut").WithSummary("Sign out");
        session.MapPut("/password", ChangePassword).RequireAuthorization(Policies.Viewer).WithName("ChangePassword")
            .WithSummary("Change the own password; every other session of the account ends");
    }

    private static async Task<Results<Ok<SessionDto>, ProblemHttpResult>> SignIn(
        SignInInput body,
        HttpContext context,
        IGrainFactory grains,
        CallerTenants tenants,
        FailureThrottles throttles,
        CancellationToken cancel)
    {
        var source = AttemptSource.Of(context);
        if (!throttles.SignIns.TryEnter(source, out var retryAfter))
            return TooManyFailures(context, retryAfter);

        var result = await throttles.SignIns.Guard(source, () => Check(body, source, grains));
        if (result.Problem is { } problem)
            return problem.Kind == ProblemKind.OverLimit ? TooManyFailures(context, LockedRetry) : WrongPassword();

        await SessionCookie.SignIn(context, result.Value!);
        return TypedResults.Ok(await Describe(SessionCookie.ToCaller(result.Value!), tenants, cancel));
    }

    private static async Task<Result<Account>> Check(SignInInput body, string source, IGrainFactory grains)
    {
        var username = body.Username.Trim().ToLowerInvariant();
        return username.Length is > 0 and <= MaxUsernameLength && body.Password.Length is > 0 and <= MaxPasswordLength
            ? await grains.Account(username).SignIn(body.Password, source)
            : new Problem(ProblemKind.Forbidden, "No account is called so.");
    }

    private static async Task<Ok<SessionDto>> Get(ClaimsPrincipal user, CallerTenants tenants, CancellationToken cancel) =>
        TypedResults.Ok(await Describe(user.ToCaller(), tenants, cancel));

    private static async Task<NoContent> SignOut(HttpContext context)
    {
        await context.SignOutAsync(SessionCookie.Scheme);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        PasswordInput body, HttpContext context, IGrainFactory grains, FailureThrottles throttles)
    {
        if (!context.User.HasClaim(claim => claim.Type == CallerClaims.Stamp))
            return new Problem(ProblemKind.Forbidden, "An API key has no password.").ToHttp();

        var source = AttemptSource.Of(context);
        if (!throttles.SignIns.TryEnter(source, out var retryAfter))
            return TooManyFailures(context, retryAfter);

        var account = grains.Account(context.User.ToCaller().Username);
        var result = await throttles.SignIns.Guard(source, () => account.ChangePassword(body.OldPassword, body.NewPassword));
        if (result.Problem is { } problem)
        {
            return problem.Kind == ProblemKind.Forbidden
                ? Problem.Invalid(nameof(body.OldPassword), "That is not your password.").ToHttp()
                : problem.ToHttp();
        }

        await SessionCookie.SignIn(context, result.Value!);
        return TypedResults.NoContent();
    }

    private static async Task<SessionDto> Describe(Caller caller, CallerTenants tenants, CancellationToken cancel)
    {
        var visible = await tenants.List(caller, cancel);
        return new(
            caller.Username,
            caller.Role,
            caller.Tenant?.Value,
            [.. visible.Select(tenant => new SessionTenantDto(tenant.Id.Value, tenant.Name))]);
    }

    // Alike for no such account and a wrong password, so that accounts can't be found out.
    private static ProblemHttpResult WrongPassword() => TypedResults.Problem(
        ProblemBody.Create(StatusCodes.Status401Unauthorized, "The username or the password is wrong."));

    private static ProblemHttpResult TooManyFailures(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = RetryAfter.Format(retryAfter);
        return TypedResults.Problem(
            ProblemBody.Create(StatusCodes.Status429TooManyRequests, "Too many failed attempts. Wait a little."));
    }
}
