using System.Text.Json;
using TekSipCloud.Interop.Tests.Faults;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Registrations;

/// <summary>An operator removes the registration of a phone that is still there.</summary>
public sealed class ForcedUnregisterTests(HostFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_phone_that_an_operator_unregisters_is_reached_no_more_until_it_registers_again()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "forced");
        await tenant.AddExtension("2001");
        await tenant.AddExtension("2002");
        await using var phone = await PlainPhone.Connect(host, tenant, "2001");
        await using var other = await PlainPhone.Connect(host, tenant, "2002");
        Assert.Equal(200, await phone.Register());
        var listed = Assert.Single(await host.Rest.GetAll(tenant.Path("registrations")));

        var contact = Uri.EscapeDataString(listed.GetProperty("contact").GetString()!);
        await host.Rest.Delete(tenant.Path($"registrations/2001?contact={contact}"));

        Assert.Empty(await host.Rest.GetAll(tenant.Path("registrations")));
        // Not reached, not even at the address that it had; its own calls are asked for the password as before.
        Assert.Equal(480, await other.Invite("2001"));
        phone.Answers.Clear();
        Assert.Equal(480, await phone.Invite("2002"));
        Assert.Equal([407, 480], phone.Answers.Select(answer => answer.Status));
        await Poll.Until("the event is listed", () => Messages(host, tenant), texts => texts.Any(IsAboutIt), Soon);

        // Its refreshes are none any more, as soon as its node has heard of it: it registers anew.
        await Poll.Until("it is listed again", () => RegisterAndList(phone, host, tenant), list => list.Count == 1, Soon);
    }

    private static async Task<List<JsonElement>> RegisterAndList(PlainPhone phone, HostProcess host, TestTenant tenant)
    {
        Assert.Equal(200, await phone.Register());
        return await host.Rest.GetAll(tenant.Path("registrations"));
    }

    private static bool IsAboutIt(string text) => text.Contains("'2001' was unregistered by an operator", StringComparison.Ordinal);

    private static async Task<string[]> Messages(HostProcess host, TestTenant tenant) =>
        [.. (await host.Rest.GetAll(tenant.Path("events"))).Select(line => line.GetProperty("message").GetString()!)];
}
