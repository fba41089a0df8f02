using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Media.Recording;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Recordings;

/// <summary>Which calls are recorded (the manual, Media and Extensions), what they may be made of, and what becomes of the recording.</summary>
public sealed class RecordedCallTests : RecordingTest
{
    private const string WithOpus = "107 0 9 8 101";

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_caller_or_the_callee_has_the_call_recorded_and_G711_alone_is_offered(bool caller, bool callee)
    {
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("101", extension => extension with { RecordCalls = caller });
        Script.AddExtension("102", extension => extension with { RecordCalls = callee });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        // The second call is made from memory.
        for (var i = 0; i < 2; i++)
        {
            var call = alice.Invites("102", Offer(alice.Address, WithOpus));
            var ringing = bob.GetsCall();
            Assert.Equal("0 8 101", FormatsOf(ringing.LastSdp));
            Assert.DoesNotContain("opus", ringing.LastSdp, StringComparison.Ordinal);

            Answer(call, ringing);
            Assert.Contains("the caller on the left channel", Decisions());
            Ends(call, ringing);
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Without_the_tenants_or_the_extensions_wish_nothing_is_recorded_nor_left_out(bool tenant, bool extension)
    {
        Script.Configure(settings => settings with { RecordAudio = tenant });
        Script.AddExtension("102", found => found with { RecordCalls = extension });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Offer(alice.Address, WithOpus));
        var ringing = bob.GetsCall();

        Assert.Equal(WithOpus, FormatsOf(ringing.LastSdp));
        Answer(call, ringing);
        Assert.DoesNotContain("recorded", Decisions());
        Ends(call, ringing);
    }

    [Fact]
    public void Who_takes_a_partys_place_and_is_to_be_recorded_has_the_call_recorded_from_then_on()
    {
        // RFC 3891 §3; the manual, Extensions: Record Calls.
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("103", extension => extension with { RecordCalls = true });
        var (alice, bob, carol) = (Script.Registered("101"), Script.Registered("102"), Script.Registered("103"));
        var call = alice.Invites("102", Offer(alice.Address, WithOpus));
        var replaced = bob.GetsCall();
        Answer(call, replaced);
        Assert.DoesNotContain("recorded", Decisions());
        var header = $"Replaces: {replaced.CallId};to-tag={replaced.RemoteTag};from-tag={replaced.LocalTag}";
        carol.Invites("102", Offer(carol.Address, "107"), header).GetsRefusal(488);

        var taking = carol.Invites("102", Offer(carol.Address, WithOpus), header);

        taking.Gets(200);
        Assert.Equal("0 101", FormatsOf(taking.LastSdp));
        taking.Sends("ACK");
        replaced.GetsBye();
        call.Gets("INVITE");
        Assert.Equal("0 101", FormatsOf(call.LastSdp));
        call.Answers();
        call.Gets("ACK");
        Assert.Contains("the caller on the left channel", Decisions());
        Ends(call, taking);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_without_G711_is_refused_with_488_when_it_has_to_be_recorded(bool isOfCaller)
    {
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("101", extension => extension with { RecordCalls = isOfCaller });
        Script.AddExtension("102", extension => extension with { RecordCalls = !isOfCaller });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        alice.Invites("102", Offer(alice.Address, "107 9 101")).GetsRefusal(488);

        bob.GetsNothing();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Browsers_like_Opus_best_and_talk_G711_in_a_call_that_is_recorded(bool isCaller)
    {
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("101", extension => extension with { RecordCalls = true });
        var browser = Script.Phone("101", protocol: SipTransportProtocol.Wss).Registers();
        var phone = Script.Registered("102");
        var (caller, callee) = isCaller ? (browser, phone) : (phone, browser);
        // RFC 7587 §7
        var offer = isCaller
            ? Sdp.Web(browser.Address, "actpass").Replace("SAVPF 0 8", "SAVPF 107 0 8", StringComparison.Ordinal) + "a=rtpmap:107 opus/48000/2\r\n"
            : Offer(phone.Address, WithOpus);

        var call = caller.Invites(isCaller ? "102" : "101", offer);
        var ringing = callee.GetsCall();
        Assert.Equal("0 8 101", FormatsOf(ringing.LastSdp));
        Answer(call, ringing, Sdp.Answer(ringing.LastSdp, callee.Address));

        Assert.Equal("0 8 101", FormatsOf(call.LastSdp));
        Assert.Contains("the caller on the left channel", Decisions());
        Ends(call, ringing);
    }

    [Theory]
    [InlineData("*43", "9 101")]
    [InlineData("*44", "8 101")]
    public void The_tests_for_one_phone_have_no_other_party_and_are_not_recorded(string number, string agreed)
    {
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("101", extension => extension with { RecordCalls = true });
        var alice = Script.Registered("101");

        var call = alice.Invites(number, Offer(alice.Address, "9 8 0 101"));
        call.Gets(200);
        call.Sends("ACK");

        Assert.Equal(agreed, FormatsOf(call.LastSdp));
        Assert.DoesNotContain("recorded", Decisions());
        call.HangsUp();
    }

    [Fact]
    public void A_late_offer_without_G711_is_refused_too()
    {
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("101", extension => extension with { RecordCalls = true });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", sdp: null);
        var callee = bob.GetsCall();

        callee.Answers(Offer(bob.Address, "107 101"));

        callee.Gets("ACK");
        callee.GetsBye();
        call.GetsRefusal(488);
    }

    [Fact]
    public void Later_in_the_call_no_other_codec_comes_in()
    {
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("102", extension => extension with { RecordCalls = true });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var (call, callee) = Answered(alice, bob);

        call.SendsInvite(Offer(alice.Address, "107 101", version: 2));

        call.Gets(488);
        call.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public async Task The_recording_of_a_call_reaches_storage_as_long_as_the_talk_was_and_leaves_the_disk()
    {
        await Run();
        Script.Configure(settings => settings with { RecordAudio = true, MixRecordings = true });
        var kept = await RecordOne(12);

        var (recording, audio) = kept;
        Assert.Equal(("101", "102", true), (recording.Caller, recording.Callee, recording.IsMixed));
        Assert.Equal(TimeSpan.FromSeconds(12), recording.Duration);
        Assert.Equal(WavHeader.Length + 12 * 8000, audio.Length);
        Assert.Equal(recording.Bytes, audio.Length);
        Assert.True(WavHeader.TryRead(audio, out var format));
        Assert.Equal(1, format.Channels);
        await Poll.UntilSeen("the spool is empty", () => Directory.GetFiles(Spool).Length, count => count == 0, Patience);
    }

    [Fact]
    public async Task Without_room_on_the_disk_the_call_goes_on_and_says_why_it_is_not_recorded()
    {
        await Run(("Recording:MinFreeMegabytes", "1073741824"));
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("102", extension => extension with { RecordCalls = true });
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        await Elapse("it is said", Decisions, text => text.Contains("MiB left", StringComparison.Ordinal));

        Assert.Contains("The recording ended. The disk of the recordings has only", Decisions());
        Assert.Contains(Script.Events.Messages, message => message.Contains("from 101 to 102 ended before the call", StringComparison.Ordinal));
        Ends(call, callee);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_costs_the_recording_and_nothing_else()
    {
        await File.WriteAllTextAsync(Spool, "a file", TestContext.Current.CancellationToken);
        await Run(("Recording:MinFreeMegabytes", "0"));
        Script.Configure(settings => settings with { RecordAudio = true });
        Script.AddExtension("102", extension => extension with { RecordCalls = true });
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        await Elapse("it is said", Decisions, text => text.Contains("The recording ended.", StringComparison.Ordinal));

        Ends(call, callee);
    }

    private async Task<(Recording Recording, byte[] Audio)> RecordOne(int seconds)
    {
        Talk(seconds);
        await Elapse("it is stored", () => Script.Recordings.All.Count, count => count == 1);
        return Script.Recordings.All.Single();
    }

    private static string Offer(string address, string codecs, int version = 1) =>
        Sdp.Of(address, codecs: codecs, version: version) + "a=rtpmap:107 opus/48000/2\r\na=rtpmap:9 G722/8000\r\n";

    private static string FormatsOf(string sdp) =>
        string.Join(' ', sdp.Split("\r\n").Single(line => line.StartsWith("m=audio", StringComparison.Ordinal)).Split(' ')[3..]);
}
