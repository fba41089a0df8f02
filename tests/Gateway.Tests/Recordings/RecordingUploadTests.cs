using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Media.Recording;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Recordings;

/// <summary>Finished recordings go from the spool to storage, whatever becomes of it meanwhile.</summary>
public sealed class RecordingUploadTests : RecordingTest
{
    [Fact]
    public async Task While_storage_is_away_recordings_wait_on_the_disk_and_none_is_lost()
    {
        await Run();
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.Recordings.IsDown = true;
        Talk(3);
        Talk(4);
        await Elapse("storage was asked more than once for each", () => Script.Recordings.Refused, refused => refused >= 4);
        Assert.Equal(4, Directory.GetFiles(Spool).Length);
        Assert.Equal(2, Script.Uploads.Waiting);

        Script.Recordings.IsDown = false;

        await Elapse("both are stored", () => Script.Recordings.All.Count, count => count == 2);
        Assert.Equal([3, 4], Script.Recordings.All.Select(kept => kept.Recording.Duration.TotalSeconds).Order());
        await Poll.UntilSeen("nothing waits", () => Script.Uploads.Waiting, waiting => waiting == 0, Patience);
    }

    [Fact]
    public async Task Those_that_wait_are_listed_together()
    {
        Directory.CreateDirectory(Spool);
        for (var i = 0; i < 3; i++)
            await Leave(Guid.CreateVersion7(), "default", Script.Clock.GetUtcNow().AddMinutes(1), new byte[16_000]);

        await Run();

        await Elapse("all are stored", () => Script.Recordings.All.Count, count => count == 3);
        Assert.Equal([3], Script.Recordings.Entered);
    }

    [Fact]
    public async Task Audio_that_cannot_be_listed_yet_stays_on_the_disk_too()
    {
        await Run();
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.Recordings.AreTablesDown = true;
        Talk(3);
        Talk(4);
        await Elapse("they were to be listed more than once", () => Script.Recordings.Refused, refused => refused >= 2);
        Assert.Equal(4, Directory.GetFiles(Spool).Length);

        Script.Recordings.AreTablesDown = false;

        await Elapse("both are listed", () => Script.Recordings.All.Count, count => count == 2);
        await Poll.UntilSeen("the spool is empty", () => Directory.GetFiles(Spool).Length, count => count == 0, Patience);
    }

    [Fact]
    public async Task Audio_whose_tenant_goes_before_it_is_listed_goes_too()
    {
        await Run();
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.Recordings.AreTablesDown = true;
        Talk(3);
        await Elapse("it was to be listed", () => Script.Recordings.Refused, refused => refused >= 1);

        Script.Grains.Tenant(SipScript.Tenant).IsRemoved = true;
        Script.Recordings.AreTablesDown = false;

        await Elapse("the spool is empty", () => Directory.GetFiles(Spool).Length, count => count == 0);
        Assert.Single(Script.Recordings.Dropped);
        Assert.Empty(Script.Recordings.All);
    }

    [Fact]
    public async Task Where_the_account_has_no_blobs_recordings_stay_on_the_disk_and_that_is_said_once_to_each_tenant()
    {
        const string Obstacle = "The setting names no blob service.";
        await Run(Obstacle);
        Script.Recordings.IsDown = true;
        Script.Configure(settings => settings with { RecordAudio = true });

        Script.AddExtension("102", extension => extension with { RecordCalls = true });
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Assert.Contains($"It stays on this server's disk. {Obstacle}", Decisions());
        Ends(call, callee);
        Talk(4);

        await Elapse("both are finished", () => Script.Uploads.Waiting, waiting => waiting == 2);
        Script.Passes(60);
        Assert.Equal(4, Directory.GetFiles(Spool).Length);
        Assert.Equal(0, Script.Recordings.Refused);
        Assert.Single(Script.Events.Messages, message => message.Contains(Obstacle, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_made_whole_and_stored()
    {
        Directory.CreateDirectory(Spool);
        var tenants = Guid.CreateVersion7();
        await Leave(tenants, "default", Script.Clock.GetUtcNow().AddMinutes(1), [.. new byte[16_001]]);
        var nobodys = Guid.CreateVersion7();
        await Leave(nobodys, "gone", Script.Clock.GetUtcNow().AddMinutes(1), new byte[100]);
        await Leave(Guid.CreateVersion7(), "default", Script.Clock.GetUtcNow(), []);
        var unreadable = Guid.CreateVersion7();
        await Leave(unreadable, "default", Script.Clock.GetUtcNow(), new byte[100]);
        await File.WriteAllTextAsync(Path.Combine(Spool, $"{unreadable:N}.json"), "no note", TestContext.Current.CancellationToken);

        await Run();
        Script.AddTenant(new("gone"), "gone.example").IsRemoved = true;

        await Elapse("only what can't be read is left", () => Directory.GetFiles(Spool).Length, count => count == 2);
        var (recording, audio) = Assert.Single(Script.Recordings.All);
        Assert.Equal((tenants, TimeSpan.FromSeconds(1)), (recording.Call, recording.Duration));
        Assert.Equal(16_000, BitConverter.ToInt32(audio, 54));
        Assert.Equal(WavHeader.Length + 16_000, audio.Length);
    }

    private async Task Leave(Guid call, string tenant, DateTimeOffset started, byte[] samples)
    {
        var header = new byte[WavHeader.Length];
        WavHeader.Write(header, new WavFormat(Media.Codecs.G711Law.Alaw, 2), 0);
        await File.WriteAllBytesAsync(Path.Combine(Spool, $"{call:N}.wav"), [.. header, .. samples], TestContext.Current.CancellationToken);
        var note = $$"""
            {"Tenant":"{{tenant}}","Started":"{{started:O}}","IsMixed":false,"Caller":"1","CallerName":"","Callee":"2","CalleeName":"","CutShort":null}
            """;
        await File.WriteAllTextAsync(Path.Combine(Spool, $"{call:N}.json"), note, TestContext.Current.CancellationToken);
    }
}
