using System.Text.Json;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Recordings;

/// <summary>Recorded calls that go on at the same time, each party of which talks a tone of its own.</summary>
internal sealed class RecordedCalls : IAsyncDisposable
{
    private const int HeaderBytes = 58;
    private const int BytesPerSecond = 16_000;

    private readonly HostProcess _host;
    private readonly List<(TonePhone Caller, TonePhone Callee, string Number)> _calls = [];

    private RecordedCalls(HostProcess host) => _host = host;

    /// <summary>Caller and callee of each, and the caller's number.</summary>
    public IReadOnlyList<(TonePhone Caller, TonePhone Callee, string Number)> All => _calls;

    /// <summary>The files of recordings that storage does not have yet.</summary>
    public static string[] SpoolOf(HostProcess host)
    {
        var folder = Path.Combine(host.DataFolder, "recordings");
        // The first recording makes it.
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    /// <summary>Has extensions call each other, one after the other.</summary>
    public static async Task<RecordedCalls> Start(HostProcess host, TestTenant tenant, int count)
    {
        var calls = new RecordedCalls(host);
        string[] callers = [.. Enumerable.Range(0, count).Select(i => $"{2000 + i}")];
        await Task.WhenAll(callers.Concat(callers.Select(CalleeOf)).Select(number => tenant.AddExtension(number)));
        await tenant.RecordCallsOf(callers);
        try
        {
            for (var i = 0; i < count; i++)
                await calls.Add(tenant, callers[i], 400 + 20 * i);
        }
        catch
        {
            await calls.DisposeAsync();
            throw;
        }

        return calls;
    }

    /// <summary>How much of each call its caller's party has said; of the callee, who began before the recording did.</summary>
    public TimeSpan[] Said => [.. _calls.Select(call => call.Callee.Said)];

    /// <summary>How much of each call is on the disk.</summary>
    public TimeSpan[] Written()
    {
        var written = SpoolOf(_host).Where(file => file.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(ReadCaller, DurationBeside);
        return [.. _calls.Select(call => written.GetValueOrDefault(call.Number))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (caller, callee, _) in _calls)
        {
            await caller.DisposeAsync();
            await callee.DisposeAsync();
        }
    }

    private static string CalleeOf(string caller) => $"3{caller[1..]}";

    private async Task Add(TestTenant tenant, string number, int hertz)
    {
        var callee = CalleeOf(number);
        var phones = (
            Caller: await TonePhone.Start(_host.Account(tenant, number) with { Hertz = hertz }),
            Callee: await TonePhone.Start(_host.Account(tenant, callee) with { Hertz = hertz + 1000 }));
        _calls.Add((phones.Caller, phones.Callee, number));
        await phones.Caller.Call(callee);
        await phones.Callee.AwaitCall();
    }

    private static string ReadCaller(string note)
    {
        using var read = JsonDocument.Parse(File.ReadAllBytes(note));
        return read.RootElement.GetProperty("Caller").GetString()!;
    }

    private static TimeSpan DurationBeside(string note)
    {
        var audio = new FileInfo(Path.ChangeExtension(note, "wav"));
        return audio.Exists ? TimeSpan.FromSeconds((double)Math.Max(0, audio.Length - HeaderBytes) / BytesPerSecond) : TimeSpan.Zero;
    }
}
