using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>When grains hear of refreshes that the gateway answered, and what a crash before that may cost: nothing.</summary>
public sealed class RefreshReportTests : GatewayTest
{
    private InMemoryExtension Extension => Script.Grains.Extension(SipScript.Tenant, "101");

    [Fact]
    public async Task A_refresh_is_reported_to_the_grain()
    {
        var alice = Script.Registered("101");
        Script.Passes(100);
        alice.Registers();

        await Report();

        Assert.Equal(Script.Clock.GetUtcNow().AddSeconds(3600), Extension.Bindings[0].Expires);
    }

    [Fact]
    public async Task A_phone_that_refreshes_often_costs_its_grain_a_call_in_five_minutes()
    {
        var alice = Script.Registered("101");
        var granted = Extension.Bindings[0].Expires;
        for (var second = 0; second < 300; second += 30)
        {
            Script.Passes(30);
            alice.Digest.Nonce = "";
            alice.Registers();
            await ReportWhatIsDue();
        }

        Assert.Equal(granted, Extension.Bindings[0].Expires);
        Script.Passes(30);
        await ReportWhatIsDue();
        Assert.Equal(granted.AddSeconds(300), Extension.Bindings[0].Expires);
    }

    [Theory]
    [InlineData(200, 60)]
    [InlineData(480, 120)]
    [InlineData(3600, 300)]
    public async Task A_grain_hears_of_a_refresh_within_a_quarter_of_what_was_granted(int lifetime, int seconds)
    {
        var alice = Script.Phone("101").Registers(expires: (uint)lifetime);
        var granted = Extension.Bindings[0].Expires;
        Script.Passes(10);
        alice.Registers(expires: (uint)lifetime);

        Script.Passes(seconds - 1);
        await ReportWhatIsDue();
        Assert.Equal(granted, Extension.Bindings[0].Expires);
        Script.Passes(1);
        await ReportWhatIsDue();
        Assert.Equal(granted.AddSeconds(10), Extension.Bindings[0].Expires);
    }

    [Fact]
    public async Task Once_others_decide_of_an_extension_its_grain_hears_of_its_refreshes_at_once()
    {
        var alice = Script.Registered("101");
        Script.Passes(100);
        alice.Registers();
        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, Extension = "101" });

        await ReportWhatIsDue();

        Assert.Equal(Script.Clock.GetUtcNow().AddSeconds(3600), Extension.Bindings[0].Expires);
    }

    [Fact]
    public async Task A_grain_hears_of_a_refresh_before_the_binding_ends_there()
    {
        var alice = Script.Phone("101").Registers(expires: 80);
        var granted = Extension.Bindings[0].Expires;
        Script.Passes(15);
        alice.Registers(expires: 80);
        await ReportWhatIsDue();
        Assert.Equal(granted, Extension.Bindings[0].Expires);

        Script.Passes(6);
        await ReportWhatIsDue();

        Assert.Equal(granted.AddSeconds(15), Extension.Bindings[0].Expires);
    }

    [Fact]
    public async Task A_report_that_fails_is_made_again()
    {
        var alice = Script.Registered("101");
        Script.Passes(100);
        alice.Registers();
        Script.Grains.Weather.IsDown = true;
        await Report();
        Script.Grains.Weather.IsDown = false;

        await Report();

        Assert.Equal(Script.Clock.GetUtcNow().AddSeconds(3600), Extension.Bindings[0].Expires);
    }

    [Fact]
    public async Task A_binding_that_the_grain_lost_is_made_anew()
    {
        var alice = Script.Registered("101");
        Extension.Lose();
        alice.Registers();
        await Report();

        alice.Registers();

        Assert.Single(Extension.Bindings);
    }

    /// <summary>
    /// Nothing acknowledged is lost: whenever the node dies, what its phone was granted is covered by what the grain holds, plus the lifetime for
    /// which that counts then.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_a_phone_was_granted_outlives_a_crash_at_any_time(int seed)
    {
        var random = new Random(seed);
        var alice = Script.Phone("101").Registers(expires: 3600);
        for (var i = 0; i < 300; i++)
        {
            uint[] lifetimes = [60, 100, 200, 600, 3600];
            var lifetime = lifetimes[random.Next(lifetimes.Length)];
            // Challenges are not what this is about.
            alice.Digest.Nonce = "";
            alice.Registers(expires: lifetime);
            Assert.True(Extension.CountsUntil(0) >= Script.Clock.GetUtcNow().AddSeconds(lifetime));

            for (var left = random.Next(1, (int)lifetime + 30); left > 0; left -= 10)
            {
                Script.Passes(10);
                await ReportWhatIsDue();
            }
        }
    }

    [Fact]
    public void A_refresh_for_longer_than_the_binding_would_outlive_a_crash_waits_for_the_grain()
    {
        var alice = Script.Phone("101").Registers(expires: 300);
        Script.Grains.Weather.IsSlow = true;

        alice.SendsRegister(null, 3600);
        alice.GetsNothing();
        Script.ClusterGoesOn();

        alice.Gets(200);
        Assert.Equal(Script.Clock.GetUtcNow().AddSeconds(3600), Extension.Bindings[0].Expires);
    }

    private Task ReportWhatIsDue() => Script.Context.Refreshes.Report(all: false, TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    private Task Report() => Script.Context.Refreshes.Report(all: true, TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
