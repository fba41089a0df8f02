using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.TekSip;

/// <summary>The TekSIP-compatible API: <c>POST /routing</c> and its siblings, and <c>/t/{tenant}/…</c> for other tenants than the default.</summary>
internal static class TekSipEndpoints
{
    public static void AddTekSipOperations(this IServiceCollection services)
    {
        services.AddSingleton<ITekSipOperations, DestinationOperations>();
        services.AddSingleton<ITekSipOperations, RouteOperations>();
        services.AddSingleton<ITekSipOperations, SessionOperations>();
        services.AddSingleton<ITekSipOperations, ExtensionOperations>();
        services.AddSingleton<ITekSipOperations, RegistrationOperations>();
        services.AddSingleton<ITekSipOperations, LogOperations>();
        services.AddSingleton<ITekSipOperations, CounterOperations>();
        services.AddSingleton<ITekSipOperations, QuarantineOperations>();
        services.AddSingleton<ITekSipOperations, IpFilterOperations>();
        services.AddSingleton<TekSipDispatcher>();
    }

    public static void MapTekSip(this IEndpointRouteBuilder routes)
    {
        // The password in the body is what lets in; the console's sign-in means nothing here.
        var all = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription().WithMetadata(new ErrorShape(TekSipJson.WriteError));
        var tenants = all.MapGroup($"/t/{{tenant:{TenantRouteConstraint.Name}}}");

        foreach (var path in routes.ServiceProvider.GetRequiredService<TekSipDispatcher>().Paths)
        {
            all.MapPost(path, (HttpContext context, TekSipDispatcher dispatcher) =>
                dispatcher.Serve(context, TenantId.Default, path));
            tenants.MapPost(path, (HttpContext context, TenantId tenant, TekSipDispatcher dispatcher) =>
                dispatcher.Serve(context, tenant, path));
        }
    }
}
