using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>What holds for every file that somebody uploads, well-formed or not.</summary>
public sealed class WavProperties
{
    private static readonly byte[][] Seeds =
    [
        Wav.Sine(440, 0.02), Wav.Sine(440, 0.02, rate: 44100, channels: 2), Wav.Of(6, 1, 8000, 8, new byte[64]), Wav.Of(3, 2, 48000, 32, new byte[96]),
        Wav.Of(1, 3, 11025, 24, new byte[90]),
        Wav.File(Wav.Chunk("LIST", [1, 2, 3]), Wav.Chunk("fmt ", Wav.Format(7, 1, 16000, 8)), Wav.Chunk("fact", new byte[4]), Wav.Chunk("data", new byte[60])),
    ];

    [Fact]
    public void Arbitrary_bytes_are_refused_or_heard() =>
        Prop.ForAll<byte[]>(IsRefusedOrHeard).QuickCheckThrowOnFailure();

    [Fact]
    public void Arbitrary_chunks_are_refused_or_heard() =>
        Prop.ForAll(Chunked().ToArbitrary(), IsRefusedOrHeard).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_damaged_file_is_refused_or_heard() =>
        Prop.ForAll(Damaged().ToArbitrary(), IsRefusedOrHeard).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_floating_point_number_is_heard_within_bounds() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>().Generator.Where(data => data.Length >= 4).ToArbitrary(), data =>
            IsRefusedOrHeard(Wav.Of(3, 1, 8000, 32, data))).QuickCheckThrowOnFailure();

    private static bool IsRefusedOrHeard(byte[] file)
    {
        if (!WavReader.TryRead(file, out var sound, out var refusal))
            return refusal.Length > 0 && sound.Data.IsEmpty;

        // All of it is of the file, and what is kept of it reads as the same sound.
        Assert.InRange(sound.Frames, 1, file.Length);
        Assert.True(file.AsSpan().Overlaps(sound.Data));
        var clip = AudioClip.FromWav(sound);
        Assert.True(WavReader.TryRead(WavWriter.Of(sound), out var kept, out var why), why);
        Assert.True(kept.IsPlain);
        Assert.InRange(Math.Abs((kept.Duration - sound.Duration).TotalMilliseconds), 0, 1);
        var again = AudioClip.FromWav(kept);
        return clip.Codes(Media.Codecs.G711Law.Alaw).SequenceEqual(again.Codes(Media.Codecs.G711Law.Alaw))
            && clip.Codes(Media.Codecs.G711Law.Mulaw).SequenceEqual(again.Codes(Media.Codecs.G711Law.Mulaw));
    }

    private static Gen<byte[]> Chunked() =>
        from names in Gen.Elements("fmt ", "data", "LIST", "fact", "RIFF", "\0\0\0\0").ArrayOf()
        from bodies in ArbMap.Default.ArbFor<byte[]>().Generator.ArrayOf(names.Length)
        from claims in Gen.Elements<uint?>(null, null, null, 0, 1, 15, 16, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF).ArrayOf(names.Length)
        from isWhole in Gen.Elements(true, false)
        select Wav.File([.. names.Select((name, i) => Wav.Chunk(name, name == "fmt " && isWhole ? Wav.Format(1, 1, 8000, 16) : bodies[i], claims[i]))]);

    private static Gen<byte[]> Damaged() =>
        from seed in Gen.Elements(Seeds)
        from length in Gen.Choose(0, seed.Length)
        from isCut in Gen.Elements(true, false)
        from places in Gen.Choose(0, 60).ArrayOf(3)
        from values in Gen.Choose(0, 255).ArrayOf(3)
        select Damage(isCut ? seed[..length] : seed, places, values);

    private static byte[] Damage(byte[] seed, int[] places, int[] values)
    {
        var damaged = (byte[])seed.Clone();
        foreach (var (place, value) in places.Zip(values).Where(change => change.First < damaged.Length))
            damaged[place] = (byte)value;

        return damaged;
    }
}
