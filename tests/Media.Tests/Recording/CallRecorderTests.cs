using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Recording;

/// <summary>Where in the file what was said comes to lie. A packet has 160 samples, all of one code.</summary>
public sealed class CallRecorderTests : IDisposable
{
    private const byte Silence = 0xD5;

    private readonly TestFolder _folder = new("recording");
    private readonly FakeClock _clock = new();
    private readonly DateTimeOffset _begun;
    private readonly CallRecorder _recorder;
    private readonly WavFile _file;
    private readonly string _path;

    public CallRecorderTests()
    {
        _begun = _clock.GetUtcNow();
        _path = _folder.Combine("call.wav");
        var format = new WavFormat(G711Law.Alaw, 2);
        _recorder = new CallRecorder(format, _clock);
        _file = WavFile.Create(_path, format);
    }

    [Fact]
    public void Each_party_has_its_channel_at_the_time_it_spoke()
    {
        At(100, () => Say(0, 1, 1000, code: 0x11));
        At(120, () => Say(0, 2, 1160, code: 0x12));
        At(500, () => Say(1, 1, 5000, code: 0x21));

        var (caller, callee) = Finish(1000);

        Assert.Equal(8000, caller.Length);
        AssertRuns(caller, (800, Silence), (160, 0x11), (160, 0x12), (6880, Silence));
        AssertRuns(callee, (4000, Silence), (160, 0x21), (3840, Silence));
    }

    [Fact]
    public void Packets_that_come_out_of_order_or_late_within_bounds_are_in_their_place()
    {
        At(100, () => Say(0, 1, 1000, code: 0x11));
        At(150, () => Say(0, 3, 1320, code: 0x13));
        // 200 ms behind its time.
        At(320, () => Say(0, 2, 1160, code: 0x12));

        AssertRuns(Finish(1000).Caller, (800, Silence), (160, 0x11), (160, 0x12), (160, 0x13), (6720, Silence));
    }

    [Fact]
    public void A_gap_of_suppressed_silence_keeps_its_length_though_its_end_comes_with_jitter()
    {
        At(100, () => Say(0, 1, 1000, code: 0x11));
        // One second later by its timestamp, 60 ms more by its arrival.
        At(1160, () => Say(0, 2, 9000, code: 0x12));

        AssertRuns(Finish(2000).Caller, (800, Silence), (160, 0x11), (7840, Silence), (160, 0x12), (7040, Silence));
    }

    [Fact]
    public void Another_source_begins_when_it_comes()
    {
        At(100, () => Say(0, 1, 1000, code: 0x11));
        At(400, () => Say(0, 700, 77, code: 0x12, ssrc: 9));

        AssertRuns(Finish(1000).Caller, (800, Silence), (160, 0x11), (2240, Silence), (160, 0x12), (4640, Silence));
    }

    [Fact]
    public void A_clock_that_jumps_is_believed_no_more()
    {
        At(100, () => Say(0, 1, 1000, code: 0x11));
        At(120, () => Say(0, 2, 3_000_000_000, code: 0x12));
        At(140, () => Say(0, 3, 3_000_000_160, code: 0x13));

        AssertRuns(Finish(500).Caller, (800, Silence), (160, 0x11), (160, 0x12), (160, 0x13), (2720, Silence));
    }

    [Fact]
    public void A_way_that_becomes_longer_for_good_is_followed_and_a_single_straggler_is_not()
    {
        for (var i = 0; i < 200; i++)
        {
            var delay = i >= 50 ? 400 : 0;
            var number = i;
            At(100 + 20 * i + delay, () => Say(0, (ushort)number, (uint)(160 * number), code: 0x11));
        }

        var caller = Finish(6000).Caller;
        // Half a second is lost, and then all is there again.
        Assert.InRange(caller.Count(code => code == 0x11), 160 * 172, 160 * 176);
        Assert.Equal(0x11, caller[8 * (100 + 20 * 199 + 400) + 80]);
    }

    [Fact]
    public void The_other_law_is_written_in_the_files_own()
    {
        var loud = G711.Encode(8031, G711Law.Mulaw);
        At(100, () => Say(0, 1, 1000, code: loud, payloadType: 0));

        var code = Finish(200).Caller[900];

        Assert.InRange(G711.SamplesOf(G711Law.Alaw)[code], 7700, 8300);
    }

    [Fact]
    public void Whatever_comes_the_file_is_as_long_as_the_call()
    {
        var packets = Gen.Choose(0, 60).SelectMany(gap => Gen.Choose(0, 65_535).SelectMany(sequence =>
            Gen.Choose(int.MinValue, int.MaxValue).SelectMany(timestamp => Gen.Choose(0, 3).Select(ssrc => (gap, sequence, timestamp, ssrc)))));
        Prop.ForAll(packets.ListOf(60).ToArbitrary(), list =>
        {
            var clock = new FakeClock();
            var format = new WavFormat(G711Law.Mulaw, 2);
            var recorder = new CallRecorder(format, clock);
            using var file = WavFile.Create(_folder.Combine($"{Guid.NewGuid():N}.wav"), format);
            foreach (var (gap, sequence, timestamp, ssrc) in list)
            {
                clock.Advance(TimeSpan.FromMilliseconds(gap));
                Put(recorder, clock, ssrc & 1, (ushort)sequence, (uint)timestamp, 0x11, (uint)ssrc, 0);
                if (gap > 50)
                    recorder.Write(file, clock.GetTimestamp());
            }

            clock.Advance(TimeSpan.FromSeconds(1));
            recorder.WriteRest(file, clock.GetTimestamp());
            return file.Duration == TimeSpan.FromMilliseconds(1000 + list.Sum(packet => packet.gap));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_on_disk_is_never_more_than_a_second_behind()
    {
        for (var i = 0; i < 250; i++)
        {
            var number = i;
            At(20 * i, () => Say(1, (ushort)number, (uint)(160 * number), code: 0x11));
            if (i % 10 != 0)
                continue;

            _recorder.Write(_file, _clock.GetTimestamp());
            Assert.InRange(20 * i - _file.Duration.TotalMilliseconds, 0, 500);
        }
    }

    [Fact]
    public void Both_parties_in_one_channel_are_added()
    {
        var format = new WavFormat(G711Law.Alaw, 1);
        var recorder = new CallRecorder(format, _clock);
        var path = _folder.Combine("mixed.wav");
        using (var file = WavFile.Create(path, format))
        {
            Put(recorder, _clock, 0, 1, 0, G711.Encode(4000, G711Law.Alaw), 1, 8);
            Put(recorder, _clock, 1, 1, 0, G711.Encode(3000, G711Law.Alaw), 2, 8);
            _clock.Advance(TimeSpan.FromMilliseconds(40));
            recorder.WriteRest(file, _clock.GetTimestamp());
            file.Finish();
        }

        var samples = File.ReadAllBytes(path)[WavHeader.Length..];
        Assert.Equal(320, samples.Length);
        Assert.InRange(G711.SamplesOf(G711Law.Alaw)[samples[10]], 6700, 7300);
        Assert.Equal(Silence, samples[200]);
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    private void At(int milliseconds, Action what)
    {
        var wanted = TimeSpan.FromMilliseconds(milliseconds);
        var now = _clock.GetUtcNow() - _begun;
        _clock.Advance(wanted - now);
        what();
        _recorder.Write(_file, _clock.GetTimestamp());
    }

    private void Say(int channel, ushort sequence, uint timestamp, byte code, uint ssrc = 1, byte payloadType = 8) =>
        Put(_recorder, _clock, channel, sequence, timestamp, code, ssrc, payloadType);

    private static void Put(
        CallRecorder recorder, FakeClock clock, int channel, ushort sequence, uint timestamp, byte code, uint ssrc, byte payloadType)
    {
        var packet = new byte[12 + 160];
        packet.AsSpan(12).Fill(code);
        packet[0] = 0x80;
        packet[1] = payloadType;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        Assert.True(RtpPacket.TryParse(packet, out var rtp, out _));
        recorder.Ring.Put(channel, rtp, clock.GetTimestamp());
    }

    private (byte[] Caller, byte[] Callee) Finish(int milliseconds)
    {
        At(milliseconds, () => { });
        _recorder.WriteRest(_file, _clock.GetTimestamp());
        _file.Finish();
        _file.Dispose();
        var samples = File.ReadAllBytes(_path)[WavHeader.Length..];
        return ([.. samples.Where((_, i) => i % 2 == 0)], [.. samples.Where((_, i) => i % 2 == 1)]);
    }

    private static void AssertRuns(byte[] samples, params (int Length, byte Code)[] expected)
    {
        var runs = new List<(int, byte)>();
        foreach (var code in samples)
        {
            if (runs is [.., (var length, var last)] && last == code)
                runs[^1] = (length + 1, code);
            else
                runs.Add((1, code));
        }

        Assert.Equal(expected, runs);
    }
}
