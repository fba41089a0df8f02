using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Registrations;

/// <summary><c>…/registrations</c>: which phones are there now.</summary>
internal static class RegistrationEndpoints
{
    public static void MapRegistrations(this IEndpointRouteBuilder tenant)
    {
        var registrations = tenant.MapGroup("/registrations").WithTags("Registrations");
        registrations.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListRegistrations")
            .WithSummary("List registered devices by username; the limit counts extensions, each with all its devices");
        registrations.MapDelete("/{username}", Clear).RequireAuthorization(Policies.TenantAdmin).WithName("ClearRegistrations")
            .WithSummary("Remove an extension's registrations, or the one with this contact");
    }

    private static async Task<Results<Ok<PageDto<RegistrationDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only usernames that start with this.")] string? prefix,
        IRegistrationList registrations,
        CancellationToken cancel)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var found = await registrations.List(tenant, page.ToRequest(prefix), cancel);
        var items = found.Items.SelectMany(aor => aor.Bindings.Select(binding => RegistrationDto.From(aor.Username, binding)));
        return TypedResults.Ok(new PageDto<RegistrationDto>([.. items], found.Cursor));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Clear(
        TenantId tenant,
        string username,
        [Description("The Contact's URI as listed; absent for all devices.")] string? contact,
        IGrainFactory grains)
    {
        return (await grains.Extension(tenant, PathText.Decode(username))
            .ClearBindings(string.IsNullOrEmpty(contact) ? null : contact)).ToNoContent();
    }
}
