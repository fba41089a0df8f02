using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests;

/// <summary>sipp's scenarios against a tenant.</summary>
internal static class Scenarios
{
    private const string Nobody = "nobody";

    public static SippOptions Of(string scenario, HostProcess host, TestTenant tenant, string number = Nobody) =>
        new(RepositoryRoot.Combine("tests", "Interop.Tests", "scenarios", $"{scenario}.xml"), host.Ports.Sip)
        {
            Keys = new Dictionary<string, string> { ["domain"] = tenant.Domain, ["number"] = number },
            DigestUri = number == Nobody ? tenant.Domain : $"{number}@{tenant.Domain}",
        };

    /// <summary>By another transport than UDP.</summary>
    public static SippOptions By(this SippOptions options, string transport, HostProcess host) =>
        options with { Transport = transport, ServerPort = transport == "tls" ? host.Ports.Sips : host.Ports.Sip };

    /// <summary>The line of an extension in sipp's injection file.</summary>
    public static string Line(string number) =>
        $"{number};[authentication username={number} password={TestTenant.PasswordOf(number)}]";

    /// <summary>Registers an extension for a sipp that listens at another port, as a phone behind it would.</summary>
    public static Task<SippFigures> Register(HostProcess host, TestTenant tenant, string number, int port) => Sipp.Run(
        Of("register-at", host, tenant) with
        {
            Lines = [Line(number)],
            Keys = new Dictionary<string, string> { ["domain"] = tenant.Domain, ["contact"] = $"127.0.0.1:{port}" },
        },
        TimeSpan.FromSeconds(30));
}
