using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Calls that another phone takes: one that rings, and one in progress.</summary>
public sealed class TakenCallTests(HostFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The manual, Enable Call Pick-Up; RFC 3326: no missed call at the phone that rang.</summary>
    [Fact]
    public async Task A_phone_that_rings_is_picked_up_from_another_one()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "pickup");
        await AddExtensions(tenant);
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var rung = await Baresip.Start(host.Account(tenant, "1002") with { Answers = false });
        await using var picker = await Baresip.Start(host.Account(tenant, "1003"));

        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_RINGING"), rung.Await("CALL_INCOMING"));
        await picker.Dial("*81002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), picker.Await("CALL_ESTABLISHED"));
        await rung.Await("CALL_CLOSED");
        await rung.AwaitLine("Call completed elsewhere");
        await Task.WhenAll(caller.AwaitAudio(), picker.AwaitAudio());

        await picker.HangUp();
        await caller.Await("CALL_CLOSED");
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("1003", call.GetProperty("callee").GetProperty("number").GetString());
        Assert.Equal(200, call.GetProperty("status").GetInt32());
    }

    /// <summary>RFC 3891: sipp takes the callee's place; the callee gets BYE, and the caller's BYE comes to sipp.</summary>
    [Fact]
    public async Task A_call_in_progress_is_taken_over_by_an_INVITE_with_Replaces()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "replaces");
        await AddExtensions(tenant);
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var replaced = await Baresip.Start(host.Account(tenant, "1002"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), replaced.Await("CALL_ESTABLISHED"));

        await using var taking = await Sipp.Start(Scenarios.Of("replaces-call", host, tenant, "1002") with
        {
            Keys = new Dictionary<string, string> { ["domain"] = tenant.Domain, ["number"] = "1002", ["replaces"] = DialogOf(replaced) },
            Lines = [Scenarios.Line("1003")],
        });
        await replaced.Await("CALL_CLOSED");
        await caller.HangUp();

        var taken = await taking.Finish(Deadline);
        Assert.Equal((1, 0), (taken.Successful, taken.Failed));
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("1003", call.GetProperty("callee").GetProperty("number").GetString());
    }

    private static async Task AddExtensions(TestTenant tenant)
    {
        foreach (var number in (string[])["1001", "1002", "1003"])
            await tenant.AddExtension(number);
    }

    /// <summary>The dialog of the call that a phone answered, as it tells a third party of it: to-tag is the other end's (RFC 3891 §6.1).</summary>
    private static string DialogOf(Baresip callee)
    {
        var invite = callee.Trace.SkipWhile(line => !line.Contains("INVITE sip:", StringComparison.Ordinal)).ToArray();
        var answer = invite.SkipWhile(line => !line.Contains("SIP/2.0 200 ", StringComparison.Ordinal)).ToArray();
        var from = HeaderOf(answer, "From:").Split(";tag=")[1];
        var to = HeaderOf(answer, "To:").Split(";tag=")[1];
        return $"{HeaderOf(answer, "Call-ID:")};to-tag={from};from-tag={to}";
    }

    private static string HeaderOf(string[] message, string name) =>
        message.First(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase))[name.Length..].Trim();
}
