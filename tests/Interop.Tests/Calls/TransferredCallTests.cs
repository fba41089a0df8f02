using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Calls that are transferred by real phones.</summary>
public sealed class TransferredCallTests(HostFixture fixture)
{
    private const int TransfereesTone = 700;
    private const int TargetsTone = 1100;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    /// <summary>RFC 5589 §6.1: baresip transfers blindly; the phone that is transferred gets a re-INVITE, and no REFER.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_party_transfers_the_other_one_to_a_third_phone(bool isByCaller)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "transfer");
        foreach (var number in (string[])["1001", "1002", "1003"])
            await tenant.AddExtension(number);
        await using var caller = await Baresip.Start(host.Account(tenant, "1001") with { Hertz = TransfereesTone });
        await using var callee = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = TransfereesTone });
        await using var target = await Baresip.Start(host.Account(tenant, "1003"));
        var (transferor, transferee) = isByCaller ? (caller, callee) : (callee, caller);
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));

        await transferor.Transfer("1003");

        await Task.WhenAll(target.Await("CALL_ESTABLISHED"), transferor.Await("CALL_CLOSED"));
        await transferor.AwaitLine("SIP/2.0 200 OK");
        await target.AwaitTone(TransfereesTone, Talk);
        Assert.DoesNotContain(transferee.Trace, line => line.StartsWith("REFER ", StringComparison.Ordinal));
        await transferee.HangUp();
        await target.Await("CALL_CLOSED");
        await tenant.AwaitNoSession();
        await tenant.AwaitCounter("successfulCalls", 2);
    }

    /// <summary>RFC 5589 §7: Linphone asks a third phone and then connects both, which get re-INVITEs.</summary>
    [Fact]
    public async Task Who_speaks_with_two_phones_connects_them_and_both_hear_each_other()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "attended");
        foreach (var number in (string[])["1001", "1002", "1003"])
            await tenant.AddExtension(number);
        await using var transferor = await Linphone.Start(host.Account(tenant, "1001"));
        await using var transferee = await Linphone.Start(host.Account(tenant, "1002") with { Hertz = TransfereesTone });
        await using var target = await Linphone.Start(host.Account(tenant, "1003") with { Hertz = TargetsTone });
        transferor.Dial("1002");
        await Task.WhenAll(transferee.AwaitSound(), transferor.AwaitSound());
        transferor.Pause();
        await transferor.AwaitPause();
        transferor.Dial("1003");
        await Task.WhenAll(target.AwaitSound(), transferor.AwaitSound(calls: 2));

        transferor.Transfer(1, 2);

        await transferor.AwaitEnd(calls: 2);
        await Task.WhenAll(transferee.AwaitSound(calls: 2), target.AwaitSound(calls: 2));
        transferee.Play();
        target.Play();
        await Task.WhenAll(transferee.AwaitTone(TargetsTone, Talk), target.AwaitTone(TransfereesTone, Talk));
        transferee.HangUp();
        await target.AwaitEnd(calls: 1);
        var history = await tenant.AwaitHistory(2);
        Assert.Contains(history, item => item.GetProperty("call").GetProperty("reason").GetString()!.Contains("transferred the other party", StringComparison.Ordinal));
        await tenant.AwaitNoSession();
        await tenant.AwaitCounter("successfulCalls", 2);
    }
}
