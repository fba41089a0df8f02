using System.Text.Json.Nodes;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Origination;

/// <summary>
/// A service as the client guide describes it, on a host of its own: accounts of domains for origination only, one of them the server's address, a default
/// route, and a carrier that answers.
/// </summary>
public sealed class GuideFixture(HostFixture fixture) : IAsyncLifetime
{
    /// <summary>The test number: the guide's own example.</summary>
    public const string Number = "17752180264";

    /// <summary>The carrier's tone.</summary>
    public const int CarriersTone = 1000;

    // The server's own too: baresip's media comes from there, whatever address it is told.
    private const string CarrierAddress = "127.0.0.1";
    private HostProcess? _host;
    private TestTenant? _tenant;
    private Baresip? _carrier;
    private int _accounts;

    /// <summary>The host.</summary>
    public HostProcess Host => _host!;

    /// <summary>The tenant.</summary>
    public TestTenant Tenant => _tenant!;

    /// <summary>Who answers the test number.</summary>
    public Baresip Carrier => _carrier!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.Start(fixture.Azurite);
        _tenant = await TestTenant.CreateForOrigination(_host, "guide", "127.0.0.1");
        _carrier = await Baresip.Launch(new PhoneAccount(Number, "none", CarrierAddress, _host.Ports.Sip)
        {
            Registers = false,
            Hertz = CarriersTone,
        });
        await AddDefaultRoute(_tenant, CarrierAddress, _carrier.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_carrier is not null)
            await _carrier.DisposeAsync();
        _tenant?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    /// <summary>Adds an account that may call outside, with a name that begins so.</summary>
    public async Task<string> AddAccount(string name)
    {
        var account = $"{name}{Interlocked.Increment(ref _accounts)}";
        await Tenant.AddExtension(account, allowExternalCalls: true);
        return account;
    }

    /// <summary>Gives an account another password, or suspends it.</summary>
    public async Task Change(string account, string field, JsonNode value)
    {
        var path = Tenant.Path($"extensions/{account}");
        await Host.Rest.Put(path, new JsonObject { ["username"] = account, ["allowExternalCalls"] = true, [field] = value });
    }

    /// <summary>Every number goes to the carrier as it was dialled.</summary>
    internal static async Task AddDefaultRoute(TestTenant tenant, string address, int port)
    {
        await tenant.TekSip.Do("routing", 1, new
        {
            Data = new { Name = "Carrier", Type = 1, Gateway = address, Port = port, Transport = 1, Enabled = true },
        });
        await tenant.TekSip.Do("routing", 4, new { Data = new { Prefix = "1", Destination = "Carrier", Order = 0, Enabled = true } });
    }
}
