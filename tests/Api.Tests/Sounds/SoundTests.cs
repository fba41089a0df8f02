using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.Sounds;

/// <summary><c>…/sounds</c>: listed, uploaded, replaced, heard and deleted, by the tenant's own people alone.</summary>
public sealed class SoundTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_tenant_has_the_defaults_which_can_be_heard()
    {
        var (client, _, path) = await Connect();

        var all = (await client.GetJson(path))["items"]!.AsArray();

        Assert.Equal(["musicOnHold", "notInService", "unavailable", "callEnding"], all.Select(sound => sound!.Text("kind")));
        Assert.All(all, sound => Assert.False(sound!["isOwn"]!.GetValue<bool>()));
        foreach (var sound in all)
        {
            var heard = await client.GetAsync($"{path}/{sound!.Text("kind")}/audio", Cancel);
            Assert.Equal((HttpStatusCode.OK, "audio/wav"), (heard.StatusCode, heard.Content.Headers.ContentType!.MediaType));
            Assert.True((await heard.Content.ReadAsByteArrayAsync(Cancel)).AsSpan().StartsWith("RIFF"u8));
        }
    }

    [Fact]
    public async Task What_is_uploaded_is_listed_heard_replaced_and_deleted()
    {
        var (client, tenant, path) = await Connect();

        var music = await (await Upload(client, $"{path}/musicOnHold?name=Summer%20%231.wav", Wav(3))).Ok();
        Assert.Equal((true, "Summer #1.wav", 3.0), (music["isOwn"]!.GetValue<bool>(), music.Text("name"), music["durationSeconds"]!.GetValue<double>()));
        Assert.Equal(music.ToJsonString(), (await Find(client, path, "musicOnHold")).ToJsonString());
        Assert.Equal(Wav(3), await client.GetByteArrayAsync($"{path}/musicOnHold/audio", Cancel));

        var first = await Own(tenant);
        await (await Upload(client, $"{path}/musicOnHold?name=b.wav", Wav(2))).Ok();
        Assert.Equal(Wav(2), await client.GetByteArrayAsync($"{path}/musicOnHold/audio", Cancel));
        Assert.Null(await product.Services.GetRequiredService<ISounds>().Open(tenant, first.Id, Cancel));

        var second = await Own(tenant);
        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{path}/musicOnHold")).StatusCode);
        Assert.False((await Find(client, path, "musicOnHold"))["isOwn"]!.GetValue<bool>());
        Assert.NotEqual(Wav(2), await client.GetByteArrayAsync($"{path}/musicOnHold/audio", Cancel));
        Assert.Null(await product.Services.GetRequiredService<ISounds>().Open(tenant, second.Id, Cancel));
        await (await client.Send("DELETE", $"{path}/musicOnHold")).Problem(404);
        Assert.DoesNotContain(tenant, await product.NotedTenants());

        var events = await Testing.Poll.Until(
            "the events", () => client.GetJson($"/api/v1/tenants/{tenant}/events"), found => found["items"]!.AsArray().Count > 3, TimeSpan.FromSeconds(20));
        Assert.Contains(events["items"]!.AsArray(), line => line!.Text("message").Contains("uploaded music on hold", StringComparison.Ordinal));
        Assert.Contains(events["items"]!.AsArray(), line => line!.Text("message").Contains("deleted music on hold", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_of_it_can_be_heard_and_the_whole_saved()
    {
        var (client, _, path) = await Connect();
        await (await Upload(client, $"{path}/unavailable", Wav(2))).Ok();
        var request = new HttpRequestMessage(HttpMethod.Get, $"{path}/unavailable/audio?download=true");
        request.Headers.Range = new RangeHeaderValue(1000, 1999);

        var part = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Wav(2)[1000..2000], await part.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("unavailable.wav", part.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task What_phones_cannot_hear_so_is_converted()
    {
        var (client, _, path) = await Connect();

        var sound = await (await Upload(client, $"{path}/callEnding", Wav(2, rate: 44100, channels: 2))).Ok();

        Assert.Equal((2.0, 44 + 2 * 16_000), (sound["durationSeconds"]!.GetValue<double>(), sound["bytes"]!.GetValue<int>()));
        var kept = await client.GetByteArrayAsync($"{path}/callEnding/audio", Cancel);
        Assert.Equal(8000, BinaryPrimitives.ReadInt32LittleEndian(kept.AsSpan(24)));
    }

    [Theory]
    [InlineData("ID3\u0004 no wave at all", "MP3")]
    [InlineData("", "no WAV file")]
    [InlineData("RIFF....WAVE", "no data chunk")]
    public async Task What_cannot_be_heard_is_refused_with_the_reason_and_the_field(string file, string reason)
    {
        var (client, _, path) = await Connect();

        var problem = await (await Upload(client, $"{path}/musicOnHold", System.Text.Encoding.Latin1.GetBytes(file))).Problem(400);

        Assert.Equal(["file"], problem.Fields());
        Assert.Contains(reason, problem.Text("detail"), StringComparison.Ordinal);
        Assert.False((await Find(client, path, "musicOnHold"))["isOwn"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("musicOnHold", 301, "it may be 300 s")]
    [InlineData("notInService", 31, "it may be 30 s")]
    [InlineData("callEnding", 21, "it may be 20 s")]
    public async Task What_is_too_long_is_refused(string kind, int seconds, string reason)
    {
        var (client, _, path) = await Connect();

        var problem = await (await Upload(client, $"{path}/{kind}", Wav(seconds))).Problem(400);

        Assert.Contains(reason, problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(kind == "musicOnHold" ? 300 : kind == "callEnding" ? 20 : 30, (await Find(client, path, kind))["maxDurationSeconds"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_file_that_is_too_big_is_refused_and_an_address_that_takes_json_still_takes_less()
    {
        var (client, tenant, path) = await Connect();

        await (await Upload(client, $"{path}/musicOnHold", new byte[SoundLimits.MaxFileBytes + 1])).Problem(413);
        await (await client.Send("PUT", $"/api/v1/tenants/{tenant}/settings", new string(' ', 2 * 1024 * 1024))).Problem(413);
    }

    [Fact]
    public async Task What_is_no_sound_by_its_content_or_address_is_refused()
    {
        var (client, _, path) = await Connect();

        await (await client.Send("PUT", $"{path}/musicOnHold", "{}")).Problem(400);
        await (await Upload(client, $"{path}/ringtone", Wav(1))).Problem(404);
        await (await Upload(client, $"{path}/7", Wav(1))).Problem(404);
        await (await client.Send("DELETE", $"{path}/7")).Problem(404);
        await (await client.Send("GET", $"{path}/7/audio")).Problem(404);
        Assert.Equal(["name"], (await (await Upload(client, $"{path}/musicOnHold?name={new string('x', 101)}", Wav(1))).Problem(400)).Fields());
    }

    [Fact]
    public async Task Another_tenant_hears_and_changes_nothing()
    {
        var (own, _, path) = await Connect();
        var (other, _, othersPath) = await Connect();
        await (await Upload(own, $"{path}/musicOnHold", Wav(1))).Ok();

        foreach (var answer in new[]
        {
            await other.GetAsync(path, Cancel), await other.GetAsync($"{path}/musicOnHold/audio", Cancel),
            await Upload(other, $"{path}/musicOnHold", Wav(2)), await other.Send("DELETE", $"{path}/musicOnHold"),
        })
        {
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{answer.StatusCode}");
        }

        Assert.False((await Find(other, othersPath, "musicOnHold"))["isOwn"]!.GetValue<bool>());
        Assert.Equal(Wav(1), await own.GetByteArrayAsync($"{path}/musicOnHold/audio", Cancel));
    }

    [Fact]
    public async Task A_viewer_hears_and_changes_nothing()
    {
        var (_, tenant, path) = await Connect();
        var viewer = await product.Program(tenant, Role.Viewer);

        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync($"{path}/musicOnHold/audio", Cancel)).StatusCode);
        await (await Upload(viewer, $"{path}/musicOnHold", Wav(1))).Problem(403);
        await (await viewer.Send("DELETE", $"{path}/musicOnHold")).Problem(403);
        await (await Upload(product.Stranger(), $"{path}/musicOnHold", Wav(1))).Problem(401);
    }

    private static byte[] Wav(int seconds, int rate = 8000, int channels = 1)
    {
        var file = new byte[44 + seconds * rate * channels * 2];
        var head = file.AsSpan();
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(head[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(head[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], rate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[32..], (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(head[34..], 16);
        "data"u8.CopyTo(head[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], file.Length - 44);
        return file;
    }

    private static Task<HttpResponseMessage> Upload(HttpClient client, string path, byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        return client.PutAsync(path, content, Cancel);
    }

    private static async Task<JsonNode> Find(HttpClient client, string path, string kind) =>
        (await client.GetJson(path))["items"]!.AsArray().Single(sound => sound!.Text("kind") == kind)!;

    private async Task<Sound> Own(TenantId tenant) =>
        (await product.Grains.GetGrain<ITenantGrain>(tenant.Value).Get()).Value!.Value.FindSound(SoundKind.MusicOnHold)!;

    private async Task<(HttpClient Client, TenantId Tenant, string Path)> Connect()
    {
        var tenant = await product.NewTenant();
        return (await product.Program(tenant), tenant, $"/api/v1/tenants/{tenant}/sounds");
    }
}
