using TekSipCloud.Silo.Tests.Refusals;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Processes;

/// <summary>First-run passwords are shown once; no secret is ever in a log, and a stop is clean.</summary>
public sealed class FirstRunTests(HostFixture fixture)
{
    [Fact]
    public async Task First_run_passwords_are_shown_once_and_work_and_are_in_no_log()
    {
        await using var host = await HostProcess.Start(fixture.Azurite, new HostOptions { HasPasswords = false });
        var admin = Shown(host, "Sign in   admin / ");
        var api = Shown(host, "API       APIPassword ");
        Assert.Equal(1, host.Lines.Count(line => line.Contains(admin, StringComparison.Ordinal)));

        await host.Rest.SignIn("admin", admin);
        using (var tekSip = new TekSipClient(host.Rest.Address, path: "", api))
            Assert.Empty((await tekSip.Run("sessions", 7)).EnumerateArray());

        Assert.Equal(0, await host.Stop());
        await host.Restart();

        Assert.DoesNotContain(host.Lines, line => line.Contains("shown once", StringComparison.Ordinal));
        Assert.DoesNotContain(host.ReadLogs(), line => HasAny(line, admin, api));
        await host.Rest.SignIn("admin", admin);
    }

    [Fact]
    public async Task A_host_with_phones_and_connections_stops_within_10_seconds_and_its_full_log_has_no_secret()
    {
        var options = new HostOptions { Environment = new Dictionary<string, string?> { ["Silo__LogDetail"] = "Debug" } };
        await using var host = await HostProcess.Start(fixture.Azurite, options);
        using var tenant = await TestTenant.Create(host, "stop");
        await tenant.AddExtension("1001");
        foreach (var transport in (string[])["UDP", "TCP"])
        {
            await using var client = await SipClient.Connect(transport, host.Ports.Sip);
            var password = TestTenant.PasswordOf("1001");
            Assert.Equal(200, (await SipRequests.RegisterWith(client, "1001", tenant.Domain, password, $"stop-{transport}")).Status);
        }

        await using var open = await SipClient.Connect("TCP", host.Ports.Sip);
        Assert.Equal(0, await host.Stop());

        Assert.DoesNotContain(host.ReadLogs().Concat(host.Lines), line => HasAny(
            line, HostProcess.AdminPassword, HostProcess.ApiPassword, TestTenant.PasswordOf("1001"), "api-of-this-tenant"));
    }

    private static bool HasAny(string line, params string[] secrets) =>
        Array.Exists(secrets, secret => line.Contains(secret, StringComparison.Ordinal));

    /// <summary>What follows a label on the terminal, up to the next space.</summary>
    private static string Shown(HostProcess host, string label)
    {
        var line = Assert.Single(host.Lines, line => line.Contains(label, StringComparison.Ordinal));
        return line[(line.IndexOf(label, StringComparison.Ordinal) + label.Length)..].Split(' ')[0];
    }
}
