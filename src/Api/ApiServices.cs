using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Calls;
using TekSipCloud.Api.Console;
using TekSipCloud.Api.Counters;
using TekSipCloud.Api.Destinations;
using TekSipCloud.Api.DialPlan;
using TekSipCloud.Api.Events;
using TekSipCloud.Api.Extensions;
using TekSipCloud.Api.Guides;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.Metrics;
using TekSipCloud.Api.Nodes;
using TekSipCloud.Api.OpenApi;
using TekSipCloud.Api.Recordings;
using TekSipCloud.Api.Registrations;
using TekSipCloud.Api.Security;
using TekSipCloud.Api.Sounds;
using TekSipCloud.Api.TekSip;
using TekSipCloud.Api.Tenants;

namespace TekSipCloud.Api;

/// <summary>Adds the HTTP APIs, health, metrics and the console to a host.</summary>
public static class ApiServices
{
    private const string AnyScheme = "Any";

    /// <summary>Registers everything that <see cref="MapTekSipApi"/> needs besides the contracts' implementations.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ConsoleOptions>().Bind(configuration.GetSection(ConsoleOptions.Section));
        services.AddOptions<GuideOptions>().Bind(configuration.GetSection(GuideOptions.Section));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSignIn();
        services.AddSingleton<CallChart>();
        services.AddSingleton<CallTraceFinder>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<SystemFacts>();
        services.AddSingleton<GuidePage>();
        services.AddSingleton<SoundUploads>();
        services.AddSingleton<SoundChange>();
        services.AddMetricsPage();
        services.AddTekSipOperations();

        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        services.ConfigureHttpJsonOptions(options => ConfigureJson(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddRouting(options => options.SetParameterPolicy<TenantRouteConstraint>(TenantRouteConstraint.Name));
        services.AddOpenApi(ApiDocument.Name, ApiDocument.Configure);
        return services;
    }

    /// <summary>Puts the middleware and every endpoint into the application.</summary>
    public static WebApplication MapTekSipApi(this WebApplication app)
    {
        app.UseGuards(withConsole: true);
        app.MapHealth();
        app.MapMetricsPage();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapRest();
        app.MapTekSip();
        app.MapGuides();
        app.MapConsolePages();
        return app;
    }

    /// <summary>Only what load balancers and monitoring ask: for a process whose role leaves the APIs to others.</summary>
    public static WebApplication MapTekSipHealth(this WebApplication app)
    {
        app.UseGuards(withConsole: false);
        app.MapHealth();
        app.MapMetricsPage();
        return app;
    }

    private static void UseGuards(this WebApplication app, bool withConsole)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ErrorAnswers>();
        if (withConsole)
            app.UseConsoleFiles();
        app.UseRouting();
        app.UseMiddleware<BodyLimit>();
        app.UseAuthentication();
        app.UseMiddleware<CsrfGuard>();
        app.UseAuthorization();
    }

    private static void AddSignIn(this IServiceCollection services)
    {
        // What AddAuthentication() does, less its key ring on disk: ClusterDataProtection takes that place.
        services.AddAuthenticationCore(options => options.DefaultScheme = AnyScheme);
        services.AddWebEncoders();
        services.AddSingleton<IDataProtectionProvider, ClusterDataProtection>();
        new AuthenticationBuilder(services)
            .AddPolicyScheme(AnyScheme, displayName: null, options => options.ForwardDefaultSelector = ChooseScheme)
            .AddCookie(SessionCookie.Scheme, SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, configureOptions: null);

        services.AddAuthorization(Policies.AddTo);
        services.AddSingleton<IAuthorizationHandler, RoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalResults>();
        services.AddSingleton<CallerTenants>();
        services.AddSingleton<FailureThrottles>();
        services.AddSingleton<SecretHash>();
        services.AddSingleton<ApiKeyCheck>();
        services.AddSingleton<ApiPasswordCheck>();
    }

    private static string ChooseScheme(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 ? ApiKeyAuthentication.SchemeName : SessionCookie.Scheme;

    private static void ConfigureJson(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowDuplicateProperties = false;
        json.MaxDepth = 16;
    }

    private static void MapRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithProblems(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status401Unauthorized,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status503ServiceUnavailable);
        var tenant = api.MapGroup($"/tenants/{{tenant:{TenantRouteConstraint.Name}}}").WithProblems(
            StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        tenant.AddEndpointFilter<RouteGroupBuilder, TenantMustExist>();

        api.MapSession();
        api.MapSystem();
        api.MapTenants(tenant);
        tenant.MapSettings();
        tenant.MapApiKeys();
        tenant.MapExtensions();
        tenant.MapRegistrations();
        tenant.MapDestinations();
        tenant.MapRoutes();
        tenant.MapIpFilters();
        tenant.MapQuarantine();
        tenant.MapCalls();
        tenant.MapCallHistory();
        tenant.MapCallTraces();
        tenant.MapRecordings();
        tenant.MapSounds();
        tenant.MapCounters();
        tenant.MapEvents();
    }
}
