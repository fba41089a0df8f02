using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Origination;

/// <summary>Softphones configured as the client guide's §4 says register and place calls (its §6), whatever they call the fields.</summary>
public sealed class GuidedPhoneTests(GuideFixture guide) : IClassFixture<GuideFixture>
{
    private const int PhonesTone = 700;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>§4.3: the identity, a proxy address with its transport, and that proxy as outbound.</summary>
    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task As_Linphone_is_set_up_it_is_registered_and_both_sides_are_heard(string transport)
    {
        var account = await guide.AddAccount($"lin{transport}");
        await using var phone = await Linphone.Start(guide.Host.Account(guide.Tenant, account, transport) with { Hertz = PhonesTone });
        Assert.Empty(await guide.Host.Rest.GetAll(guide.Tenant.Path("registrations")));

        phone.Dial(GuideFixture.Number);

        await phone.AwaitSound();
        phone.Play();
        await Task.WhenAll(phone.AwaitTone(GuideFixture.CarriersTone, Talk), guide.Carrier.AwaitTone(PhonesTone, Talk));
        phone.HangUp();
        await guide.Tenant.AwaitNoSession();
    }

    /// <summary>§4.2: user, password and the domain, which is where the server is; G.711 µ-law alone.</summary>
    [Fact]
    public Task As_Zoiper_is_set_up_with_a_domain_alone() =>
        RegistersAndCalls("zoiper", phone => phone with { Domain = "127.0.0.1", HasProxy = false });

    /// <summary>§4.4: server and domain, and a proxy with its port.</summary>
    [Fact]
    public Task As_MicroSIP_is_set_up_with_a_proxy_beside_the_domain() => RegistersAndCalls("microsip", phone => phone);

    /// <summary>§2: TCP instead of UDP.</summary>
    [Fact]
    public Task By_TCP() => RegistersAndCalls("bytcp", phone => phone with { Transport = "tcp" });

    /// <summary>§6.2: INVITE, 401, INVITE, 100, 180, 200.</summary>
    [Fact]
    public async Task A_test_call_goes_as_the_guide_shows_it()
    {
        using var tenant = await Testing.Hosts.TestTenant.CreateForOrigination(guide.Host, "flow");
        await tenant.AddExtension("acme", allowExternalCalls: true);
        // An INVITE answered within 200 ms is not told 100 (RFC 3261 §17.2.1).
        var slow = Scenarios.Of("answer", guide.Host, tenant) with { Address = "127.0.0.8", Pause = TimeSpan.FromMilliseconds(400) };
        await using var carrier = await Sipp.Start(slow);
        await GuideFixture.AddDefaultRoute(tenant, "127.0.0.8", carrier.Port);

        var call = Scenarios.Of("originated-call", guide.Host, tenant, GuideFixture.Number) with { Lines = [Scenarios.Line("acme")] };
        var called = await Sipp.Run(call, Deadline);
        await carrier.Finish(Deadline);

        Assert.Equal(1, called.Successful);
        var record = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("acme", record.GetProperty("caller").GetProperty("number").GetString());
    }

    private async Task RegistersAndCalls(string name, Func<PhoneAccount, PhoneAccount> configure)
    {
        var account = await guide.AddAccount(name);
        await using var phone = await Baresip.Launch(configure(guide.Host.Account(guide.Tenant, account) with { Hertz = PhonesTone }));
        // No binding is what it is told, and it is registered all the same.
        await phone.AwaitLine("200 OK () [0 bindings]");

        await phone.DialAddress($"{GuideFixture.Number}@{phone.Account.Domain}{(phone.Account.HasProxy ? "" : $":{phone.Account.ServerPort}")}");

        await phone.Await("CALL_ESTABLISHED");
        await Task.WhenAll(phone.AwaitTone(GuideFixture.CarriersTone, Talk), guide.Carrier.AwaitTone(PhonesTone, Talk));
        await phone.HangUp();
        await guide.Tenant.AwaitNoSession();
    }
}
