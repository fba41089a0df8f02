using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Sounds;
using TekSipCloud.Grains;
using TekSipCloud.Storage;
using TekSipCloud.Storage.Sounds;
using TekSipCloud.Testing;

[assembly: AssemblyFixture(typeof(TekSipCloud.Api.Tests.Product))]

namespace TekSipCloud.Api.Tests;

/// <summary>
/// The APIs over real grains in a real silo over a real Azurite, shared by all tests of the assembly; each makes tenants of its own.
/// </summary>
public sealed class Product : IAsyncLifetime
{
    public const string ApiPassword = "api-password-1";
    public const string OperatorPassword = "operator-password-1";

    private readonly AzuriteFixture _azurite = new();
    private readonly HungUp _hungUp = new();
    private readonly string _data = Directory.CreateTempSubdirectory("api-tests-").FullName;
    private readonly Func<AzuriteFixture, IEnumerable<KeyValuePair<string, string?>>> _settings = _ => [];
    private WebApplication _app = null!;
    private int _tenants;

    public Product() { }

    /// <summary>One of a test's own, with storage of its own, and settings that may lead elsewhere.</summary>
    internal Product(Func<AzuriteFixture, IEnumerable<KeyValuePair<string, string?>>> settings) => _settings = settings;

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public NodeIdentity Node => _app.Services.GetRequiredService<NodeIdentity>();

    /// <summary>Where the tables are.</summary>
    public string TableEndpoint => _azurite.TableEndpoint.ToString();

    /// <summary>The account with its tables and its blobs.</summary>
    internal string StorageAccount => _azurite.ConnectionString;

    /// <summary>What the node's gateway was told to hang up.</summary>
    internal HungUp HungUp => _hungUp;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        _app = Build();
        await _app.StartAsync();
        await Make(TenantId.Default);
        await SaveAccount("admin", Role.Operator, null, OperatorPassword);
        await Grains.GetGrain<IGatewayGrain>(Node.Name).Attach(Grains.CreateObjectReference<IGatewayObserver>(_hungUp), Node.Incarnation);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _azurite.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A new tenant with an API password.</summary>
    public async Task<TenantId> NewTenant()
    {
        var id = new TenantId($"t{Interlocked.Increment(ref _tenants)}");
        await Make(id);
        return id;
    }

    /// <summary>A client that is nobody.</summary>
    public HttpClient Stranger() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>A console signed in as the operator.</summary>
    public Task<HttpClient> Operator() => SignIn("admin", OperatorPassword);

    /// <summary>A program with an API key of the tenant.</summary>
    public async Task<HttpClient> Program(TenantId tenant, Role role = Role.TenantAdmin)
    {
        var key = await Grains.Tenant(tenant).AddApiKey("test", role);
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Value!.Secret);
        return client;
    }

    /// <summary>Another HTTP host before the same silo, with settings and memory of its own.</summary>
    internal Task<ApiHost> StartHost(params (string Key, string Value)[] settings) => StartHost(_ => { }, settings);

    /// <summary>The same with more behind it.</summary>
    internal Task<ApiHost> StartHost(Action<IServiceCollection> arrange, params (string Key, string Value)[] settings) => ApiHost.Start(
        services => arrange(services
            .AddSingleton(Grains)
            .AddSingleton(Services.GetRequiredService<IClusterKeys>())
            .AddSingleton(Services.GetRequiredService<ITenantDirectory>())),
        settings);

    /// <summary>The tenants of whose sounds a change has come to no end.</summary>
    public ValueTask<List<TenantId>> NotedTenants() => Services.GetRequiredService<SoundNotes>()
        .ListOlder(TimeProvider.System.GetUtcNow().AddMinutes(1), CancellationToken.None).Select(note => note.Tenant).ToListAsync();

    /// <summary>A console signed in as this account.</summary>
    public async Task<HttpClient> SignIn(string username, string password)
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Add(CsrfGuard.Header, CsrfGuard.Value);
        var answer = await client.PostAsJsonAsync("/api/v1/session", new { username, password });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    public async Task SaveAccount(string username, Role role, TenantId? tenant, string password)
    {
        var result = await Grains.Account(username).Save(role, tenant, password, WriteCondition.None);
        Assert.Null(result.Problem);
    }

    private async Task Make(TenantId id)
    {
        var made = await Grains.Tenant(id).Create(new NewTenant($"Tenant {id}", [$"{id}.example"]));
        Assert.Null(made.Problem);
        Assert.Null((await Grains.Tenant(id).SetApiPassword(ApiPassword)).Problem);
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = _azurite.ConnectionString,
            ["Storage:DataFolder"] = _data,
            ["Node:Name"] = "api-test",
        });
        builder.Configuration.AddInMemoryCollection(_settings(_azurite));
        builder.AddStorage();
        builder.AddGrains();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePorts.Tcp(), gatewayPort: 0)
            .Configure<ClusterOptions>(options => options.ClusterId = $"api-{Guid.NewGuid():N}"));
        builder.Services.AddSoundFiles().AddApi(builder.Configuration);

        var app = builder.Build();
        app.MapTekSipApi();
        return app;
    }
}
