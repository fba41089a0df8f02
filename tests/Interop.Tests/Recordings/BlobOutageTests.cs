using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Networks;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Recordings;

/// <summary>The blob service alone is stopped while calls are recorded, the server killed and started without it, and then it is there again.</summary>
public sealed class BlobOutageTests(HostFixture fixture) : IDisposable
{
    private const int Calls = 3;
    private const string NotUploaded = "is not in storage yet";
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder _data = new("blobs");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Without_blobs_calls_go_on_recordings_wait_over_a_restart_and_each_is_uploaded_once()
    {
        await using var blobs = await AzuriteFixture.Start(_data.Path);
        await using var host = await HostProcess.Start(fixture.Azurite, OptionsOver(blobs));
        using var tenant = await TestTenant.Create(host, "noblobs");
        await using var calls = await RecordedCalls.Start(host, tenant, Calls);
        var (first, second, third) = (calls.All[0], calls.All[1], calls.All[2]);
        await GoesOn(calls);

        await blobs.Stop();
        await HangUp(first);
        await AwaitRefusals(host, uploads: 1);
        await GoesOn(calls, except: 1);
        await HangUp(second);
        await AwaitRefusals(host, uploads: 2);
        Assert.Equal(2 * Calls, RecordedCalls.SpoolOf(host).Length);
        Assert.Empty(await host.Rest.GetAll(tenant.Path("recordings")));

        await host.Kill();
        var said = calls.Said;
        await host.Restart();
        await AwaitRefusals(host, uploads: Calls);
        Assert.Equal(2 * Calls, RecordedCalls.SpoolOf(host).Length);

        await blobs.StartAgain();
        var kept = (await tenant.AwaitRecordings(Calls)).ToDictionary(item => item.GetProperty("caller").GetString()!);
        await Poll.UntilSeen("the spool is empty", () => RecordedCalls.SpoolOf(host).Length, files => files == 0, Patience);
        foreach (var (call, spoken) in calls.All.Zip(said))
            await AssertHeard(tenant, kept[call.Number], call, spoken);
        Assert.Equal(Calls, blobs.Lines.Count(line => line.Contains("\"PUT ", StringComparison.Ordinal) && line.Contains(".wav", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_the_blob_service_hangs_calls_go_on_and_each_upload_is_given_up_in_time_and_kept()
    {
        using var silent = new SilentServer();
        await using var host = await HostProcess.Start(fixture.Azurite, new HostOptions
        {
            ConnectionString = silent.Account(fixture.Azurite.TableEndpoint.ToString()),
            Environment = new Dictionary<string, string?> { ["Recording__RetryPeriod"] = "00:00:01", ["Storage__BlobTimeout"] = "00:00:01" },
        });
        using var tenant = await TestTenant.Create(host, "hangs");
        await using var calls = await RecordedCalls.Start(host, tenant, Calls);
        await GoesOn(calls);

        await HangUp(calls.All[0]);
        await GoesOn(calls, except: 1);
        await AwaitRefusals(host, uploads: 1);
        await HangUp(calls.All[1]);
        await AwaitRefusals(host, uploads: 2);
        await GoesOn(calls, except: 2);
        await HangUp(calls.All[2]);
        await tenant.AwaitHistory(Calls);

        // The uploads under way do not hold up a stop, and nothing is lost by it.
        await host.Stop();
        Assert.Equal(2 * Calls, RecordedCalls.SpoolOf(host).Length);
    }

    /// <summary>Tables where all tests have them, blobs in a service of the test's own.</summary>
    private HostOptions OptionsOver(AzuriteFixture blobs) => new()
    {
        ConnectionString = $"AccountName={AzuriteFixture.AccountName};AccountKey={AzuriteFixture.AccountKey};"
            + $"TableEndpoint={fixture.Azurite.TableEndpoint};BlobEndpoint={blobs.BlobEndpoint}",
        Environment = new Dictionary<string, string?> { ["Recording__RetryPeriod"] = "00:00:01" },
    };

    private static async Task HangUp((TonePhone Caller, TonePhone Callee, string Number) call)
    {
        await call.Caller.HangUp();
        await call.Callee.AwaitEnd();
    }

    /// <summary>Until the process has said of so many recordings that storage did not take them.</summary>
    private static Task<int> AwaitRefusals(HostProcess host, int uploads) => Poll.UntilSeen(
        $"{uploads} recordings are refused",
        () => host.Lines.Where(line => line.Contains(NotUploaded, StringComparison.Ordinal)).Select(CallOf).Distinct().Count(),
        count => count == uploads,
        Patience);

    private static string CallOf(string line) => line[(line.IndexOf(" call ", StringComparison.Ordinal) + 6)..line.IndexOf(" is not", StringComparison.Ordinal)];

    /// <summary>Every party of the calls that are left hears more than it has so far.</summary>
    private static Task<TimeSpan[]> GoesOn(RecordedCalls calls, int except = 0) => Task.WhenAll(
        calls.All.Skip(except).SelectMany(call => new[] { call.Caller, call.Callee }).Select(phone =>
        {
            var wanted = phone.Heard + Talk;
            return Poll.UntilSeen($"{phone.Hertz} Hz hears more", () => phone.Heard, heard => heard >= wanted, Patience);
        }));

    private static async Task AssertHeard(TestTenant tenant, JsonElement recording, (TonePhone Caller, TonePhone Callee, string Number) call, TimeSpan said)
    {
        var sound = await tenant.Hear(recording);
        Assert.True(sound.IsWhole);
        Assert.InRange(sound.Duration, Talk - TimeSpan.FromSeconds(1), said + TimeSpan.FromSeconds(1));
        Assert.InRange(sound.Measure(0, call.Caller.Hertz), Talk / 2, sound.Duration);
        Assert.InRange(sound.Measure(1, call.Callee.Hertz), Talk / 2, sound.Duration);
    }
}
