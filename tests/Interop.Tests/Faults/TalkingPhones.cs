using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>Two phones of a tenant that are in a call and hear each other.</summary>
internal sealed class TalkingPhones : IAsyncDisposable
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1);

    private TalkingPhones(Baresip caller, Baresip callee)
    {
        Caller = caller;
        Callee = callee;
    }

    public Baresip Caller { get; }

    public Baresip Callee { get; }

    public static async Task<TalkingPhones> Start(HostProcess host, TestTenant tenant, bool areRecorded = false)
    {
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        if (areRecorded)
            await tenant.RecordCallsOf("1001");
        var phones = new TalkingPhones(
            await Baresip.Start(host.Account(tenant, "1001")), await Baresip.Start(host.Account(tenant, "1002", "tcp") with { Hertz = 1000 }));
        await phones.Caller.Dial("1002");
        await Task.WhenAll(phones.Caller.Await("CALL_ESTABLISHED"), phones.Callee.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(
            phones.Caller.AwaitTone(phones.Callee.Account.Hertz, Talk), phones.Callee.AwaitTone(phones.Caller.Account.Hertz, Talk));
        return phones;
    }

    /// <summary>Both hear each other for longer than they have so far.</summary>
    public Task GoesOn() => Task.WhenAll(Hears(Caller, Callee), Hears(Callee, Caller));

    private static Task<TimeSpan> Hears(Baresip phone, Baresip other)
    {
        var hertz = other.Account.Hertz;
        return phone.AwaitTone(hertz, phone.Heard(hertz) + Talk);
    }

    public async ValueTask DisposeAsync()
    {
        await Caller.DisposeAsync();
        await Callee.DisposeAsync();
    }
}
