using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.Security;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tenants;

/// <summary><c>…/api-keys</c> and <c>…/api-password</c>: how programs get in.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder tenant)
    {
        var keys = tenant.MapGroup("/api-keys").WithTags("API keys").RequireAuthorization(Policies.TenantAdmin);
        keys.MapGet("", List).WithName("ListApiKeys").WithSummary("List the API keys, without secrets");
        keys.MapPost("", Create).WithName("CreateApiKey").WithSummary("Make an API key; its secret is shown this once");
        keys.MapDelete("/{id}", Delete).WithName("DeleteApiKey").WithSummary("Revoke an API key");

        tenant.MapPut("/api-password", SetPassword).WithTags("API keys").RequireAuthorization(Policies.TenantAdmin)
            .WithName("SetApiPassword").WithSummary("Set the password of the TekSIP-compatible API, or turn that API off");
    }

    private static async Task<Results<Ok<PageDto<ApiKeyDto>>, ProblemHttpResult>> List(
        TenantId tenant, [AsParameters] PageQuery page, IGrainFactory grains)
    {
        if (page.FindProblem() is { } invalid)
            return invalid.ToHttp();

        var keys = await grains.Tenant(tenant).ListApiKeys();
        return TypedResults.Ok(PageDto<ApiKeyDto>.From(page.Slice(keys), ApiKeyDto.From));
    }

    private static async Task<Results<Created<NewApiKeyDto>, ProblemHttpResult>> Create(
        TenantId tenant, ApiKeyInput body, IGrainFactory grains)
    {
        var result = await grains.Tenant(tenant).AddApiKey(body.Name, body.Role);
        if (!result.IsSuccess)
            return result.Problem.ToHttp();

        var made = result.Value;
        return TypedResults.Created(
            $"/api/v1/tenants/{tenant}/api-keys/{PathText.Encode(made.Key.Id)}",
            new NewApiKeyDto(ApiKeyDto.From(made.Key), made.Secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, string id, IGrainFactory grains, ApiKeyCheck check)
    {
        var result = await grains.Tenant(tenant).RemoveApiKey(PathText.Decode(id));
        check.Forget(tenant);
        return result.ToNoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetPassword(
        TenantId tenant, ApiPasswordInput body, IGrainFactory grains, ApiPasswordCheck check)
    {
        var result = await grains.Tenant(tenant).SetApiPassword(body.Password);
        check.Forget(tenant);
        return result.ToNoContent();
    }
}
