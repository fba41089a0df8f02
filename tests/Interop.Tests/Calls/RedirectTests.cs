using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>sipp as a phone that answers 302 (RFC 3261 §21.3.3; the manual, Settings: Process 3xx Responses Locally).</summary>
public sealed class RedirectTests(HostFixture fixture)
{
    private const int Calls = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_302_reaches_the_caller_with_its_contact()
    {
        using var tenant = await Redirecting();
        await using var phone = await Sipp.Start(Scenarios.Of("redirect", fixture.Host, tenant, "2003") with { Calls = Calls });
        await Scenarios.Register(fixture.Host, tenant, "2002", phone.Port);

        var called = await Sipp.Run(Caller("call-redirected", tenant), Deadline);

        Assert.Equal((Calls, 0), (called.Successful, called.Failed));
        var redirected = await phone.Finish(Deadline);
        Assert.Equal((Calls, 0), (redirected.Successful, redirected.Failed));
    }

    [Fact]
    public async Task A_302_that_is_processed_here_rings_the_other_extension()
    {
        using var tenant = await Redirecting();
        await tenant.Change("processRedirects", true);
        await using var phone = await Sipp.Start(Scenarios.Of("redirect", fixture.Host, tenant, "2003") with { Calls = Calls });
        await using var other = await Sipp.Start(Scenarios.Of("answer", fixture.Host, tenant) with { Calls = Calls });
        await Scenarios.Register(fixture.Host, tenant, "2002", phone.Port);
        await Scenarios.Register(fixture.Host, tenant, "2003", other.Port);

        var called = await Sipp.Run(Caller("call", tenant), Deadline);

        Assert.Equal((Calls, 0), (called.Successful, called.Failed));
        var (redirected, answered) = (await phone.Finish(Deadline), await other.Finish(Deadline));
        Assert.Equal((Calls, 0), (redirected.Successful, redirected.Failed));
        Assert.Equal((Calls, 0), (answered.Successful, answered.Failed));
        await tenant.AwaitCounter("successfulCalls", Calls);
    }

    private async Task<TestTenant> Redirecting()
    {
        var tenant = await TestTenant.Create(fixture.Host, "redirect");
        foreach (var number in (string[])["2001", "2002", "2003"])
            await tenant.AddExtension(number);
        return tenant;
    }

    private SippOptions Caller(string scenario, TestTenant tenant) =>
        Scenarios.Of(scenario, fixture.Host, tenant, "2002") with { Calls = Calls, Rate = 5, AtATime = 2, Lines = [Scenarios.Line("2001")] };
}
