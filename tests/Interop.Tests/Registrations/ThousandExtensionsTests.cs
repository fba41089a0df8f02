using System.Globalization;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Registrations;

/// <summary>A thousand extensions made through REST and registered by sipp, as the counters and lists tell it.</summary>
public sealed class ThousandExtensionsTests(HostFixture fixture)
{
    private const int Count = 1000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(180);
    private static readonly string[] Numbers =
        [.. Enumerable.Range(30_000, Count).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public async Task A_thousand_extensions_are_made_registered_listed_and_counted()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "thousand");
        await Parallel.ForEachAsync(Numbers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
            await host.Rest.Post(tenant.Path("extensions"), new { username = number, password = TestTenant.PasswordOf(number) }));

        var figures = await Sipp.Run(
            Scenarios.Of("register", host, tenant) with { Calls = Count, Rate = 200, AtATime = 100, Lines = [.. Numbers.Select(Scenarios.Line)] },
            Deadline);

        Assert.Equal((Count, 0), (figures.Successful, figures.Failed));
        var extensions = await host.Rest.GetAll(tenant.Path("extensions"), limit: 300);
        Assert.Equal(Numbers, extensions.Select(e => e.GetProperty("username").GetString()!));
        var registrations = await host.Rest.GetAll(tenant.Path("registrations"), limit: 170);
        Assert.Equal(Numbers, registrations.Select(r => r.GetProperty("username").GetString()!));

        await tenant.AwaitCounter("activeRegistrations", Count);
        await AssertCounted(tenant, figures);
    }

    /// <summary>Two REGISTERs each; what sipp repeated may be counted again, as the challenge keeps no state.</summary>
    private static async Task AssertCounted(TestTenant tenant, SippFigures figures)
    {
        var received = await tenant.ReadCounter("requestsReceived");
        Assert.InRange(received, 2 * Count, (2 * Count) + figures.Retransmissions);

        var counters = (await tenant.TekSip.Run("counters", 11)).EnumerateArray()
            .ToDictionary(c => c.GetProperty("Name").GetString()!, c => c.GetProperty("Value").GetString());
        Assert.Equal(received.ToString(CultureInfo.InvariantCulture), counters["Number of SIP Requests Received"]);
        Assert.Equal($"{Count}", counters["Number of Active Registrations"]);
    }
}
