using System.Diagnostics;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>Storage is away for 20 s under load, in either way in which it can be.</summary>
public sealed class StorageOutageTests : IDisposable
{
    private readonly TestFolder _data = new("azurite");

    private const int Phones = 20;
    private const string OffLine = "4000";

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>The deadline of a write is 5 s; what comes on top is this machine's.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    /// <summary>A test's host has ports for 50 calls, and each call's rest for 5 s.</summary>
    private static readonly HostOptions ShortRest = new() { MayLogErrors = true, Environment = new Dictionary<string, string?> { ["Media__PortQuarantine"] = "00:00:00.2" } };

    /// <summary>As when the network to it breaks: connections stay open, nothing answers.</summary>
    [Fact]
    public Task Calls_go_on_refreshes_are_answered_and_nothing_acknowledged_is_lost_while_storage_hangs() =>
        GoThrough(azurite => Now(azurite.Pause), azurite => Now(azurite.Resume));

    /// <summary>Its process ends and another one starts on its data: connections break, new ones are refused.</summary>
    [Fact]
    public Task Calls_go_on_refreshes_are_answered_and_nothing_acknowledged_is_lost_while_storage_is_stopped() =>
        GoThrough(azurite => azurite.Stop(), azurite => azurite.StartAgain());

    public void Dispose() => _data.Dispose();

    private async Task GoThrough(Func<AzuriteFixture, Task> takeAway, Func<AzuriteFixture, Task> giveBack)
    {
        await using var azurite = await AzuriteFixture.Start(_data.Path);
        await using var host = await HostProcess.Start(azurite, ShortRest);
        using var tenant = await TestTenant.Create(host, "outage");
        await tenant.AddExtension(OffLine);
        await using var talking = await TalkingPhones.Start(host, tenant);
        var known = await Connect(host, tenant, first: 2000);
        var newcomers = await Connect(host, tenant, first: 3000);
        Assert.All(await Task.WhenAll(known.Select(phone => phone.Register())), status => Assert.Equal(200, status));
        Array.ForEach(known, phone => phone.Answers.Clear());

        await takeAway(azurite);
        var endsAt = Stopwatch.GetTimestamp() + (long)(Outage.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(
            Repeat(known[1..], phone => phone.Register(), endsAt),
            Repeat(newcomers[..^1], phone => phone.Register(), endsAt),
            Repeat([known[0], newcomers[^1]], phone => phone.Invite(OffLine), endsAt),
            TalkAndHangUp(talking));
        await giveBack(azurite);

        await AssertNormal(known, newcomers, tenant);
        // Refreshes are answered within the outage, from memory and at once.
        Assert.All(known[1..].SelectMany(phone => phone.Answers), a => Assert.Contains(a.Status, (int[])[401, 200]));
        Assert.All(known.Concat(newcomers).SelectMany(phone => phone.Answers), a => Assert.True(a.After < Deadline, $"{a}"));
        Assert.Contains(newcomers.SelectMany(phone => phone.Answers), a => a.Status == 503);
        await AssertBooks(host, tenant, known.Concat(newcomers));
        foreach (var phone in known.Concat(newcomers))
            await phone.DisposeAsync();
    }

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    /// <summary>A call lives through the outage's first half and ends within it: its record waits.</summary>
    private static async Task TalkAndHangUp(TalkingPhones talking)
    {
        for (var seconds = 0; seconds < 5; seconds++)
            await talking.GoesOn();
        await talking.Caller.HangUp();
        await talking.Callee.Await("CALL_CLOSED");
    }

    private static async Task AssertNormal(PlainPhone[] known, PlainPhone[] newcomers, TestTenant tenant)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            [.. newcomers.Select(phone => Until(phone.Register, 200)), Until(() => known[0].Invite(OffLine), 480)]);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Recovery);
        await tenant.AddExtension("5000");
    }

    /// <summary>Every acknowledged binding and every call that was begun is in the books.</summary>
    private static async Task AssertBooks(HostProcess host, TestTenant tenant, IEnumerable<PlainPhone> phones)
    {
        var registered = (await host.Rest.GetAll(tenant.Path("registrations"))).Select(r => r.GetProperty("username").GetString()).ToHashSet();
        Assert.All(phones, phone => Assert.Contains(phone.Number, registered));
        var calls = 1 + phones.SelectMany(phone => phone.Answers).Count(a => a is { Method: "INVITE", Status: 480 });
        var records = await tenant.AwaitHistory(calls);
        Assert.Contains(records, record => record.GetProperty("call").GetProperty("endedBy").GetString() == "caller");
        await tenant.AwaitNoSession();
    }

    private static Task<int> Until(Func<Task<int>> act, int status) =>
        Poll.Until($"an answer of {status}", act, found => found == status, within: Recovery + Deadline);

    private static Task Repeat(PlainPhone[] phones, Func<PlainPhone, Task<int>> act, long endsAt) => Task.WhenAll(phones.Select(async phone =>
    {
        using var pace = new PeriodicTimer(Pace);
        while (Stopwatch.GetTimestamp() < endsAt && await pace.WaitForNextTickAsync())
            await act(phone);
    }));

    private static async Task<PlainPhone[]> Connect(HostProcess host, TestTenant tenant, int first)
    {
        var numbers = Enumerable.Range(first, Phones).Select(number => $"{number}").ToArray();
        await Task.WhenAll(numbers.Select(number => tenant.AddExtension(number)));
        return await Task.WhenAll(numbers.Select(number => PlainPhone.Connect(host, tenant, number)));
    }
}
