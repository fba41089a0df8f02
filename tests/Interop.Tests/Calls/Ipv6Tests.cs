using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Phones on IPv6, by each transport, and across the families: signalling and audio.</summary>
public sealed class Ipv6Tests(HostFixture fixture)
{
    private const string V4 = "127.0.0.1";
    private const string V6 = "[::1]";
    private const int CallersTone = 440;
    private const int CalleesTone = 1000;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("udp", V6, "tcp", V6)]
    [InlineData("tls", V6, "udp", V6)]
    [InlineData("tcp", V6, "udp", V4)]
    [InlineData("udp", V4, "udp", V6)]
    public async Task Phones_on_IPv6_and_across_the_families_call_and_hear_each_other(
        string callersTransport, string callersAddress, string calleesTransport, string calleesAddress)
    {
        Assert.True(Ipv6Loopback.IsThere, "This machine has no IPv6.");
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "six");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(
            host.Account(tenant, "1001", callersTransport) with { Place = new(callersAddress), Hertz = CallersTone });
        await using var callee = await Baresip.Start(
            host.Account(tenant, "1002", calleesTransport) with { Place = new(calleesAddress), Hertz = CalleesTone });

        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(caller.AwaitTone(CalleesTone, Talk), callee.AwaitTone(CallersTone, Talk));
        await callee.HangUp();
        await caller.Await("CALL_CLOSED");

        // In what they said themselves and in what they were told.
        Assert.Equal(callersAddress == V6, SpeaksOfIpv6(caller));
        Assert.Equal(calleesAddress == V6, SpeaksOfIpv6(callee));
    }

    private static bool SpeaksOfIpv6(Baresip phone) => phone.Trace.Any(line => line.StartsWith("c=IN IP6 ::1", StringComparison.Ordinal));

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task Sipp_registers_over_IPv6(string transport)
    {
        Assert.True(Ipv6Loopback.IsThere, "This machine has no IPv6.");
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "sipp6");
        await tenant.AddExtension("1001");

        var register = Scenarios.Of("register", host, tenant) with { Lines = [Scenarios.Line("1001")], Address = "::1" };
        var registered = await Sipp.Run(register.By(transport, host), Deadline);

        Assert.Equal(1, registered.Successful);
    }
}
