using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Calls that are refused, given up or sent elsewhere before anyone answers.</summary>
public sealed class UnansweredCallTests(HostFixture fixture)
{
    [Fact]
    public async Task A_refused_call_goes_to_the_extension_that_the_busy_one_redirects_to()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "busy");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1003");
        await tenant.AddExtension("1002", redirection: "1003");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var busy = await Baresip.Start(host.Account(tenant, "1002") with { Answers = false });
        await using var other = await Baresip.Start(host.Account(tenant, "1003"));

        await caller.Dial("1002");
        await busy.Await("CALL_INCOMING");
        await busy.HangUp();
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), other.Await("CALL_ESTABLISHED"));

        await caller.HangUp();
        await other.Await("CALL_CLOSED");
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("1003", call.GetProperty("callee").GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_refused_call_without_redirection_is_refused_to_the_caller()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "refuse");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002") with { Answers = false });

        await caller.Dial("1002");
        await callee.Await("CALL_INCOMING");
        await callee.HangUp();
        await caller.Await("CALL_CLOSED");

        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal(486, call.GetProperty("status").GetInt32());
        Assert.Equal("callee", call.GetProperty("endedBy").GetString());
        await tenant.AwaitCounter("failedCalls", 1);
    }

    /// <summary>RFC 3261 §9: CANCEL reaches the phone that rings, and the INVITE is answered 487.</summary>
    [Fact]
    public async Task A_call_given_up_while_it_rings_stops_ringing()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "cancel");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002") with { Answers = false });

        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_RINGING"), callee.Await("CALL_INCOMING"));
        await caller.HangUp();
        await callee.Await("CALL_CLOSED");

        await callee.AwaitLine("CANCEL sip:");
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal(487, call.GetProperty("status").GetInt32());
        Assert.Equal("caller", call.GetProperty("endedBy").GetString());
    }
}
