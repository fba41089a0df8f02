using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Extensions;

/// <summary><c>…/extensions</c>: the tenant's SIP endpoints.</summary>
internal static class ExtensionEndpoints
{
    public static void MapExtensions(this IEndpointRouteBuilder tenant)
    {
        var extensions = tenant.MapGroup("/extensions").WithTags("Extensions");
        extensions.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListExtensions")
            .WithSummary("List extensions by username");
        extensions.MapPost("", Create).RequireAuthorization(Policies.TenantAdmin).WithName("CreateExtension")
            .WithSummary("Add an extension");
        extensions.MapGet("/{username}", Get).RequireAuthorization(Policies.Viewer).WithName("GetExtension")
            .WithSummary("Read an extension");
        extensions.MapPut("/{username}", Save).RequireAuthorization(Policies.TenantAdmin).WithName("SaveExtension")
            .WithSummary("Add or replace an extension");
        extensions.MapDelete("/{username}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteExtension")
            .WithSummary("Remove an extension and its registrations");
    }

    private static async Task<Results<Ok<PageDto<ExtensionDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only usernames that start with this.")] string? prefix,
        IExtensionList extensions,
        CancellationToken cancel)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var found = await extensions.List(tenant, page.ToRequest(prefix), cancel);
        return TypedResults.Ok(PageDto<ExtensionDto>.From(found, ExtensionDto.From));
    }

    private static async Task<Results<Created<ExtensionDto>, ProblemHttpResult>> Create(
        TenantId tenant, ExtensionInput body, IGrainFactory grains, HttpResponse response)
    {
        var result = await grains.Extension(tenant, body.Username)
            .Save(body.ToExtension(), body.Password, WriteCondition.Create);
        return result.ToCreated(response, _ => $"/api/v1/tenants/{tenant}/extensions/{PathText.Encode(body.Username)}", ExtensionDto.From);
    }

    private static async Task<Results<Ok<ExtensionDto>, ProblemHttpResult>> Get(
        TenantId tenant, string username, IGrainFactory grains, HttpResponse response) =>
        (await grains.Extension(tenant, PathText.Decode(username)).Get()).ToOk(response, ExtensionDto.From);

    private static async Task<Results<Ok<ExtensionDto>, ProblemHttpResult>> Save(
        TenantId tenant,
        string username,
        ExtensionInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        IGrainFactory grains,
        HttpResponse response)
    {
        var name = PathText.Decode(username);
        if (body.Username != name)
            return Problem.Invalid(nameof(body.Username), "The username is not the one of the path; it can't be changed.").ToHttp();
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        return (await grains.Extension(tenant, name).Save(body.ToExtension(), body.Password, condition)).ToOk(response, ExtensionDto.From);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, string username, [FromHeader(Name = "If-Match")] string? ifMatch, IGrainFactory grains)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        return (await grains.Extension(tenant, PathText.Decode(username)).Delete(condition)).ToNoContent();
    }
}
