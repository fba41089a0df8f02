using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tenants;

/// <summary><c>…/settings</c>: what of a tenant can be changed without a restart.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder tenant)
    {
        var settings = tenant.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("", Get).RequireAuthorization(Policies.Viewer).WithName("GetSettings")
            .WithSummary("Read the settings");
        settings.MapPut("", Save).RequireAuthorization(Policies.TenantAdmin).WithName("SaveSettings")
            .WithSummary("Replace the settings");
    }

    private static async Task<Results<Ok<TenantSettingsDto>, ProblemHttpResult>> Get(
        TenantId tenant, IGrainFactory grains, HttpResponse response) =>
        (await grains.Tenant(tenant).Get()).ToOk(response, found => TenantSettingsDto.From(found.Value.Settings));

    private static async Task<Results<Ok<TenantSettingsDto>, ProblemHttpResult>> Save(
        TenantId tenant,
        TenantSettingsDto body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        IGrainFactory grains,
        HttpResponse response)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        var grain = grains.Tenant(tenant);
        var current = await grain.Get();
        if (!current.IsSuccess)
            return current.Problem.ToHttp();

        var settings = body.ApplyTo(current.Value.Value.Settings);
        return (await grain.Change(new TenantChange(Settings: settings), condition))
            .ToOk(response, found => TenantSettingsDto.From(found.Value.Settings));
    }
}
