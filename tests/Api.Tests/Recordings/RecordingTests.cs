using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.Recordings;

/// <summary><c>…/recordings</c>: listed, heard in parts, saved and removed, by the tenant's own people alone.</summary>
public sealed class RecordingTests(Product product)
{
    private static readonly byte[] Audio = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_latest_first_searched_and_paged()
    {
        var (client, tenant, path) = await Connect();
        for (var i = 0; i < 4; i++)
            await Keep(tenant, Noon.AddMinutes(i), $"10{i}");

        var first = await client.GetJson($"{path}?limit=3");
        var second = await client.GetJson($"{path}?limit=3&cursor={Uri.EscapeDataString(first.Text("cursor"))}");
        Assert.Equal(
            ["103", "102", "101", "100"],
            first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(recording => recording!.Text("caller")));
        Assert.Equal(["101"], await Callers(client, $"{path}?number=101"));
        Assert.Equal(["102", "101"], await Callers(client, $"{path}?from=2026-01-05T12:01:00Z&to=2026-01-05T12:03:00Z"));
        await (await client.Send("GET", $"{path}?limit=0")).Problem(400);

        var one = first["items"]!.AsArray()[0]!;
        Assert.Equal((61.5, Audio.Length), (one["durationSeconds"]!.GetValue<double>(), one["bytes"]!.GetValue<int>()));
        Assert.Equal("103", (await client.GetJson($"{path}/{one.Text("id")}")).Text("caller"));
    }

    [Fact]
    public async Task One_is_heard_whole_in_parts_and_not_behind_its_end()
    {
        var (client, tenant, path) = await Connect();
        var audio = $"{path}/{await Keep(tenant, Noon, "101")}/audio";

        var whole = await client.GetAsync(audio, Cancel);
        Assert.Equal((HttpStatusCode.OK, "audio/wav", "bytes"), (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType, whole.Headers.AcceptRanges.Single()));
        Assert.Equal(Audio, await whole.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Null(whole.Content.Headers.ContentDisposition);

        var part = await Part(client, audio, 140_000, 200_009);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal($"bytes 140000-200009/{Audio.Length}", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(Audio[140_000..200_010], await part.Content.ReadAsByteArrayAsync(Cancel));
        var rest = await Part(client, audio, Audio.Length - 5, null);
        Assert.Equal(Audio[^5..], await rest.Content.ReadAsByteArrayAsync(Cancel));

        var behind = await Part(client, audio, Audio.Length, null);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, behind.StatusCode);
        Assert.Equal($"bytes */{Audio.Length}", behind.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task It_can_be_saved_as_a_file()
    {
        var (client, tenant, path) = await Connect();
        var id = await Keep(tenant, Noon, "101\"; filename=\"evil.exe");

        var answer = await client.GetAsync($"{path}/{id}/audio?download=true", Cancel);

        Assert.Equal($"recording-20260105-120003-{id:N}.wav", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition.DispositionType);
    }

    [Fact]
    public async Task A_deleted_one_is_gone_and_the_event_log_says_who_did_it()
    {
        var (client, tenant, path) = await Connect();
        var id = await Keep(tenant, Noon, "101");

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{path}/{id}")).StatusCode);

        foreach (var (method, end) in ((string, string)[])[("GET", ""), ("GET", "/audio"), ("DELETE", "")])
            await (await client.Send(method, $"{path}/{id}{end}")).Problem(404);
        Assert.Empty((await client.GetJson(path))["items"]!.AsArray());
        var events = await Testing.Poll.Until(
            "the event", () => client.GetJson($"/api/v1/tenants/{tenant}/events"), found => found["items"]!.AsArray().Count > 0, TimeSpan.FromSeconds(20));
        Assert.Contains("deleted the recording of the call from 101 to 102", events["items"]!.AsArray()[0]!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenant_finds_hears_and_deletes_nothing()
    {
        var (own, tenant, path) = await Connect();
        var (other, _, othersPath) = await Connect();
        var id = await Keep(tenant, Noon, "101");

        foreach (var (method, end) in ((string, string)[])[("GET", ""), ("GET", "/audio"), ("DELETE", "")])
        {
            // By its own path it is not there, and the way of the tenant is closed.
            await (await other.Send(method, $"{othersPath}/{id}{end}")).Problem(404);
            var answer = await other.Send(method, $"{path}/{id}{end}");
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{answer.StatusCode}");
        }

        Assert.Empty((await other.GetJson(othersPath))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"{path}/{id}/audio", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_viewer_sees_what_was_recorded_and_may_not_hear_it()
    {
        var (_, tenant, path) = await Connect();
        var viewer = await product.Program(tenant, Role.Viewer);
        var id = await Keep(tenant, Noon, "101");

        Assert.Equal(["101"], await Callers(viewer, path));
        await (await viewer.Send("GET", $"{path}/{id}/audio")).Problem(403);
        await (await viewer.Send("DELETE", $"{path}/{id}")).Problem(403);
        await (await product.Stranger().Send("GET", $"{path}/{id}/audio")).Problem(401);
    }

    [Theory]
    [InlineData("..%2F..%2Fother")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("9f2d1b64-3a41-4c6e-8f3c-0a1b2c3d4e5f")]
    public async Task What_is_no_call_is_404(string id)
    {
        var (client, _, path) = await Connect();

        await (await client.Send("GET", $"{path}/{id}/audio")).Problem(404);
        await (await client.Send("DELETE", $"{path}/{id}")).Problem(404);
    }

    [Fact]
    public async Task A_calls_details_tell_of_its_recording()
    {
        var (client, tenant, _) = await Connect();
        var call = await product.Finish(tenant, "101", "102");
        var path = $"/api/v1/tenants/{tenant}/calls/history/{call.Id}";
        Assert.Null((await client.GetJson(path))["recording"]);

        await Keep(tenant, call.Started, "101", call.Id);

        Assert.Equal(61.5, (await client.GetJson(path))["recording"]!["durationSeconds"]!.GetValue<double>());
    }

    [Fact]
    public async Task Whether_the_tenant_records_is_a_setting()
    {
        var (client, tenant, _) = await Connect();
        var path = $"/api/v1/tenants/{tenant}/settings";
        var settings = await client.GetJson(path);
        Assert.False(settings["recordAudio"]!.GetValue<bool>());

        settings["recordAudio"] = true;
        settings["mixRecordings"] = true;
        Assert.Equal(HttpStatusCode.OK, (await client.Send("PUT", path, settings.ToJsonString())).StatusCode);

        var saved = await client.GetJson(path);
        Assert.True(saved["recordAudio"]!.GetValue<bool>() && saved["mixRecordings"]!.GetValue<bool>());
    }

    private static async Task<IEnumerable<string>> Callers(HttpClient client, string path) =>
        (await client.GetJson(path))["items"]!.AsArray().Select(recording => recording!.Text("caller"));

    private static Task<HttpResponseMessage> Part(HttpClient client, string path, long? from, long? to)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(from, to);
        return client.SendAsync(request, Cancel);
    }

    private async Task<Guid> Keep(TenantId tenant, DateTimeOffset started, string caller, Guid? call = null)
    {
        var recording = new Recording
        {
            Call = call ?? Guid.CreateVersion7(started),
            Tenant = tenant,
            Started = started.AddSeconds(3),
            Duration = TimeSpan.FromSeconds(61.5),
            Bytes = Audio.Length,
            Caller = caller,
            Callee = "102",
        };
        var recordings = product.Services.GetRequiredService<IRecordings>();
        await recordings.KeepAudio(recording, new MemoryStream(Audio), Cancel);
        await recordings.Enter([recording]);
        return recording.Call;
    }

    private async Task<(HttpClient Client, TenantId Tenant, string Path)> Connect()
    {
        var tenant = await product.NewTenant();
        return (await product.Program(tenant), tenant, $"/api/v1/tenants/{tenant}/recordings");
    }
}
