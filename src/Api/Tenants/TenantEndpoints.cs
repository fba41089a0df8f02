using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.Security;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tenants;

/// <summary><c>/api/v1/tenants</c>: who is served here.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder api, IEndpointRouteBuilder tenant)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Tenants");
        tenants.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithName("ListTenants")
            .WithSummary("List the tenants the caller may see");
        tenants.MapPost("/", Create).RequireAuthorization(Policies.Operator).WithName("CreateTenant")
            .WithSummary("Make a tenant");

        var one = tenant.MapGroup("").WithTags("Tenants");
        one.MapGet("", Get).RequireAuthorization(Policies.Viewer).WithName("GetTenant").WithSummary("Read a tenant");
        one.MapPatch("", Change).RequireAuthorization(Policies.TenantAdmin).WithName("ChangeTenant")
            .WithSummary("Change a tenant");
        one.MapDelete("", Delete).RequireAuthorization(Policies.Operator).WithName("DeleteTenant")
            .WithSummary("Remove a tenant with everything it owns");
    }

    private static async Task<Results<Ok<PageDto<TenantDto>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery page, ClaimsPrincipal user, ITenantDirectory directory, IGrainFactory grains, CancellationToken cancel)
    {
        if (page.FindProblem() is { } invalid)
            return invalid.ToHttp();

        if (user.ToCaller().Tenant is not { } own)
            return TypedResults.Ok(PageDto<TenantDto>.From(await directory.List(page.ToRequest(), cancel), TenantDto.From));

        var result = await grains.Tenant(own).Get();
        return TypedResults.Ok(new PageDto<TenantDto>(result.IsSuccess ? [TenantDto.From(result.Value.Value)] : [], null));
    }

    private static async Task<Results<Created<TenantDto>, ProblemHttpResult>> Create(
        TenantInput body, IGrainFactory grains, HttpResponse response)
    {
        if (!TenantId.TryParse(body.Id, out var id))
            return Problem.Invalid(nameof(body.Id), "An id has 1 to 32 characters of a-z, 0-9 and -.").ToHttp();

        var settings = body.Settings?.ApplyTo(new TenantSettings());
        var result = await grains.Tenant(id).Create(new(body.Name, [.. body.Domains], body.Realm, settings)
        {
            OriginationDomains = [.. body.OriginationDomains ?? []],
        });
        return result.ToCreated(response, _ => $"/api/v1/tenants/{id}", added => TenantDto.From(added.Value));
    }

    private static async Task<Results<Ok<TenantDto>, ProblemHttpResult>> Get(
        TenantId tenant, IGrainFactory grains, HttpResponse response) =>
        (await grains.Tenant(tenant).Get()).ToOk(response, found => TenantDto.From(found.Value));

    private static async Task<Results<Ok<TenantDto>, ProblemHttpResult>> Change(
        TenantId tenant,
        TenantPatch body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        ClaimsPrincipal user,
        IGrainFactory grains,
        HttpResponse response)
    {
        // A tenant's own administrator can't claim domains, which decide whose calls these are, nor enable a tenant that was shut.
        if ((body.Domains is not null || body.OriginationDomains is not null || body.Enabled is not null) && user.ToCaller().Role != Role.Operator)
            return new Problem(ProblemKind.Forbidden, "Only an operator changes domains and whether a tenant is enabled.").ToHttp();
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        var change = new TenantChange(body.Name, body.Domains is { } domains ? [.. domains] : null, body.Enabled)
        {
            OriginationDomains = body.OriginationDomains is { } modes ? [.. modes] : null,
        };
        return (await grains.Tenant(tenant).Change(change, condition)).ToOk(response, found => TenantDto.From(found.Value));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, [FromHeader(Name = "If-Match")] string? ifMatch, IGrainFactory grains, ApiKeyCheck keys, ApiPasswordCheck passwords)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        var result = await grains.Tenant(tenant).Delete(condition);
        keys.Forget(tenant);
        passwords.Forget(tenant);
        return result.ToNoContent();
    }
}
