using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Messages;

/// <summary>Real phones send one another messages out of calls (RFC 3428), and ask what the other can (RFC 3261 §11).</summary>
public sealed class MessageTests(HostFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Linphone_writes_to_baresip_and_sipp_to_Linphone()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "message");
        await AddExtensions(tenant);
        await using var linphone = await Linphone.Start(host.Account(tenant, "1001"));
        await using var baresip = await Baresip.Start(host.Account(tenant, "1002"));

        linphone.Write("1002", "back in five minutes");
        await baresip.AwaitLine("back in five minutes");

        var sent = await Sipp.Run(Scenarios.Of("message", host, tenant, "1001") with { Lines = [Scenarios.Line("1003")] }, Deadline);
        Assert.Equal((1, 0), (sent.Successful, sent.Failed));
    }

    [Fact]
    public async Task Baresip_asks_another_one_what_it_can()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "options");
        await AddExtensions(tenant);
        await using var asking = await Baresip.Start(host.Account(tenant, "1001"));
        await using var asked = await Baresip.Start(host.Account(tenant, "1002"));

        await asking.Ask("1002");

        await asking.AwaitLine("----- OPTIONS of");
        await asked.AwaitLine("OPTIONS sip:1002");
    }

    private static async Task AddExtensions(TestTenant tenant)
    {
        foreach (var number in (string[])["1001", "1002", "1003"])
            await tenant.AddExtension(number);
    }
}
