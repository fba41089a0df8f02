using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests;

/// <summary>
/// The APIs in a real host on 127.0.0.1 with nothing behind them: for what the transport alone decides. What is behind can be
/// put in; the rest fails when it is asked.
/// </summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app)
    {
        _app = app;
        Client = CreateClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<ApiHost> Start(
        Action<IServiceCollection>? arrange = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));

        arrange?.Invoke(builder.Services);
        AddAbsent(builder.Services);
        builder.Services.AddApi(builder.Configuration);

        var app = builder.Build();
        app.MapTekSipApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static void AddAbsent(IServiceCollection services)
    {
        services.TryAddSingleton<IClusterKeys, FixedClusterKeys>();
        services.TryAddSingleton(new NodeIdentity("test", "0000"));
        AddAbsent<IGrainFactory>(services);
        AddAbsent<ITenantDirectory>(services);
        AddAbsent<IExtensionList>(services);
        AddAbsent<IRegistrationList>(services);
        AddAbsent<ICallHistory>(services);
        AddAbsent<IRecordings>(services);
        AddAbsent<ISounds>(services);
        AddAbsent<ISoundNotes>(services);
        AddAbsent<ISoundFiles>(services);
        AddAbsent<IOpenCalls>(services);
        AddAbsent<IEventLog>(services);
        AddAbsent<INodeLeases>(services);
    }

    private static void AddAbsent<T>(IServiceCollection services)
        where T : class =>
        services.TryAddSingleton(_ => AbsentService.Create<T>());
}
