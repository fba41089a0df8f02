using System.Text.Json;
using System.Text.Json.Nodes;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Testing.Hosts;

/// <summary>A tenant of a test's own, so that tests share a host and see neither calls nor counters of one another.</summary>
public sealed class TestTenant : IDisposable
{
    private const string ApiPassword = "api-of-this-tenant";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly HostProcess _host;

    private TestTenant(HostProcess host, string id)
    {
        _host = host;
        Id = id;
        TekSip = new TekSipClient(host.Rest.Address, $"/t/{id}", ApiPassword);
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its SIP domain.</summary>
    public string Domain => $"{Id}.test";

    /// <summary>Its TekSIP-compatible API.</summary>
    public TekSipClient TekSip { get; }

    /// <summary>Makes one.</summary>
    public static async Task<TestTenant> Create(HostProcess host, string name)
    {
        var tenant = new TestTenant(host, $"{name}-{Guid.NewGuid():N}"[..(name.Length + 9)]);
        await host.Rest.Post("tenants", new { id = tenant.Id, domains = new[] { tenant.Domain } });
        await host.Rest.Put(tenant.Path("api-password"), new { password = ApiPassword });
        return tenant;
    }

    /// <summary>Makes one whose domains take calls and ring nobody.</summary>
    public static async Task<TestTenant> CreateForOrigination(HostProcess host, string name, params string[] moreDomains)
    {
        var tenant = await Create(host, name);
        string[] domains = [tenant.Domain, .. moreDomains];
        await host.Rest.Patch($"tenants/{tenant.Id}", new { domains, originationDomains = domains });
        return tenant;
    }

    /// <summary>A path of the REST API below the tenant.</summary>
    public string Path(string rest) => $"tenants/{Id}/{rest}";

    /// <summary>An extension's password.</summary>
    public static string PasswordOf(string number) => $"secret-of-{number}";

    /// <summary>Adds an extension through the TekSIP-compatible API, operation 13.</summary>
    public Task AddExtension(string number, string redirection = "", bool allowExternalCalls = false) => TekSip.Do("extensions", 13, new
    {
        Data = new
        {
            Username = number,
            Password = PasswordOf(number),
            Redirection = redirection,
            AllowExternalCalls = allowExternalCalls,
            Enabled = true,
        },
    });

    /// <summary>Says whether an extension's phones are asked to encrypt their media: <c>off</c>, <c>preferred</c> or <c>required</c>.</summary>
    /// <param name="number">The extension.</param>
    /// <param name="mediaEncryption">How.</param>
    /// <param name="srtpSuites">By which suites, in which order; none for all.</param>
    public Task EncryptMediaOf(string number, string mediaEncryption, params string[] srtpSuites) =>
        _host.Rest.Put(Path($"extensions/{number}"), new { username = number, mediaEncryption, srtpSuites });

    /// <summary>Changes one of its settings.</summary>
    public async Task Change(string setting, JsonNode value)
    {
        var settings = JsonNode.Parse((await _host.Rest.Get(Path("settings"))).GetRawText())!;
        settings[setting] = value;
        await _host.Rest.Put(Path("settings"), settings);
    }

    /// <summary>Has the tenant record, and the calls of extensions be recorded.</summary>
    public async Task RecordCallsOf(params string[] numbers)
    {
        await Change("recordAudio", true);
        foreach (var number in numbers)
            await _host.Rest.Put(Path($"extensions/{number}"), new { username = number, recordCalls = true });
    }

    /// <summary>Uploads a tone to be played in a default's place: <c>musicOnHold</c>, <c>notInService</c>, <c>unavailable</c> or <c>callEnding</c>.</summary>
    public async Task UploadSound(string kind, int hertz, TimeSpan duration)
    {
        using var folder = new TestFolder("sound");
        Tone.Write(folder.Combine("tone.wav"), hertz, duration);
        using var file = new ByteArrayContent(await File.ReadAllBytesAsync(folder.Combine("tone.wav")));
        file.Headers.ContentType = new("audio/wav");
        using var answer = await _host.Rest.Http.PutAsync(new Uri($"/api/v1/{Path($"sounds/{kind}?name=tone.wav")}", UriKind.Relative), file);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The music that is played on hold, as the console lets it be heard.</summary>
    public async Task<Melody> Music() =>
        new(new RecordedSound(await _host.Rest.Http.GetByteArrayAsync(new Uri($"/api/v1/{Path("sounds/musicOnHold/audio")}", UriKind.Relative))));

    /// <summary>The recordings, once there are so many.</summary>
    public Task<List<JsonElement>> AwaitRecordings(int count) => Poll.Until(
        $"{count} recordings are listed", () => _host.Rest.GetAll(Path("recordings")), list => list.Count == count, Soon);

    /// <summary>A recording's file.</summary>
    public async Task<RecordedSound> Hear(JsonElement recording) =>
        new(await _host.Rest.Http.GetByteArrayAsync(new Uri($"/api/v1/{Path($"recordings/{recording.GetProperty("id").GetString()}/audio")}", UriKind.Relative)));

    /// <summary>The calls in progress, by operation 7.</summary>
    public async Task<JsonElement[]> ListSessions() => [.. (await TekSip.Run("sessions", 7)).EnumerateArray()];

    /// <summary>The one call in progress, once operation 7 lists it as answered.</summary>
    public async Task<JsonElement> AwaitSession()
    {
        var sessions = await Poll.Until("a session is listed", ListSessions, list => list.Length > 0, Soon);
        return sessions.Length == 1 ? sessions[0] : throw new InvalidOperationException($"{sessions.Length} sessions are listed.");
    }

    /// <summary>Waits until operation 7 lists nothing.</summary>
    public Task AwaitNoSession() => Poll.Until("no session is listed", ListSessions, list => list.Length == 0, Soon);

    /// <summary>The history once it has a number of calls, latest first, each with its details.</summary>
    public async Task<JsonElement[]> AwaitHistory(int count = 1)
    {
        var items = await Poll.Until(
            $"{count} call(s) in the history", () => _host.Rest.GetAll(Path("calls/history")), list => list.Count >= count, Soon);
        return await Task.WhenAll(items.Select(item => _host.Rest.Get(Path($"calls/history/{item.GetProperty("id").GetGuid()}"))));
    }

    /// <summary>A counter once it has a value; by its key, such as <c>activeSessions</c>.</summary>
    public Task AwaitCounter(string key, long value) =>
        Poll.Until($"{key} = {value}", () => ReadCounter(key), found => found == value, Soon);

    /// <summary>A counter by its key.</summary>
    public async Task<long> ReadCounter(string key)
    {
        var counters = await _host.Rest.Get(Path("counters"));
        return counters.GetProperty("items").EnumerateArray().First(c => c.GetProperty("key").GetString() == key).GetProperty("value").GetInt64();
    }

    public void Dispose() => TekSip.Dispose();
}
