using System.Collections.Concurrent;
using System.Net;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>
/// The product as a process, and what the torture messages need to get as far as their RFC says: a tenant with the domains that they
/// name, the extensions that they register and call, a phone that is called, and a carrier from whose address their INVITEs come.
/// </summary>
public sealed class TortureRig : IAsyncLifetime
{
    private const string Tenant = "torture";
    private const string Domain = "example.com";
    private const string Password = "of-every-extension";

    private static readonly string[] Domains =
    [
        Domain, "example.net", "example.org", "chair-dnrc.example.com", "registrar.example.com", "company.com", "host.example.net", "2001:db8::10",
    ];

    private readonly AzuriteFixture _azurite = new();
    private readonly ConcurrentDictionary<(TortureCase Case, string Transport), bool> _results = new();
    private HostProcess? _host;

    /// <summary>Extensions of the messages.</summary>
    public static IReadOnlyList<string> Usernames { get; } = ["user", "UserB", "watson", "j.user", "null-"];

    /// <summary>The address of a destination: INVITEs from it need no credentials.</summary>
    internal IPAddress Carrier { get; } = LoopbackAddress.Take();

    /// <summary>The address of everybody else.</summary>
    internal IPAddress Stranger { get; } = LoopbackAddress.Take();

    internal IPEndPoint Server { get; private set; } = null!;

    internal CalledPhone Phone { get; private set; } = null!;

    internal HostProcess Host => _host!;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        // How long a stream may take for a message: some messages never end, and nobody wants to wait the default's 10 s for each.
        var environment = new Dictionary<string, string?> { ["Sip__Limits__MessageTimeout"] = "00:00:02" };
        _host = await HostProcess.Start(_azurite, new HostOptions { Environment = environment });
        Server = new IPEndPoint(IPAddress.Loopback, _host.Ports.Sip);
        await _host.Rest.Post("tenants", new { id = Tenant, domains = Domains });
        await _host.Rest.Post($"tenants/{Tenant}/destinations", new { name = "Carrier", gateway = Carrier.ToString() });
        foreach (var username in Usernames)
            await _host.Rest.Post($"tenants/{Tenant}/extensions", new { username, password = Password });

        Phone = await CalledPhone.Register(Server, Domain, Password, "user", "UserB");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in (string[])[Results(4475, Rfc4475.Cases), Results(5118, Rfc5118.Cases)])
            await Console.Out.WriteLineAsync(table);

        Phone?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    internal void Note(TortureCase @case, string transport) => _results[(@case, transport)] = true;

    internal static string Credentials(WireMessage challenge, string method, string uri, string username) =>
        $"Authorization: {Testing.Phones.DigestAnswer.To(challenge.Header("WWW-Authenticate"), method, uri, username, Password)}";

    /// <summary>The table of a suite: what became of each message, and how many became what the RFC says.</summary>
    private string Results(int rfc, TortureCase[] cases)
    {
        string Result(TortureCase @case, string transport) => _results.ContainsKey((@case, transport)) ? $"{@case.On(transport)}" : "NOT MET";
        int Met(string transport) => cases.Count(@case => _results.ContainsKey((@case, transport)));

        var rows = cases.Select(c => $"| {c.Section,-8} | {c.Name,-30} | {Result(c, "UDP"),-24} | {Result(c, "TCP"),-24} |");
        var summary = $"RFC {rfc}: {Met("UDP")}/{cases.Length} over UDP, {Met("TCP")}/{cases.Length} over TCP";
        return $"\n| {"RFC " + rfc,-8} | {"Message",-30} | {"UDP",-24} | {"TCP",-24} |\n{string.Join('\n', rows)}\n{summary}";
    }
}
