using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Tests.Codecs;

/// <summary>ITU-T G.711.</summary>
public sealed class G711Tests
{
    [Theory]
    [InlineData(G711Law.Mulaw, 0xFF, 0)]
    [InlineData(G711Law.Mulaw, 0x80, 32124)]
    [InlineData(G711Law.Mulaw, 0x00, -32124)]
    [InlineData(G711Law.Alaw, 0xD5, 8)]
    [InlineData(G711Law.Alaw, 0xAA, 32256)]
    [InlineData(G711Law.Alaw, 0x2A, -32256)]
    public void Codes_have_the_values_of_the_standards_tables(G711Law law, byte code, short sample)
    {
        Assert.Equal(sample, G711.SamplesOf(law)[code]);
        Assert.Equal(code, G711.Encode(sample, law));
    }

    [Theory]
    [InlineData(G711Law.Mulaw)]
    [InlineData(G711Law.Alaw)]
    public void Each_sample_gets_the_code_nearest_to_it(G711Law law)
    {
        var samples = G711.SamplesOf(law).ToArray();
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample += 7)
        {
            var error = Math.Abs(sample - samples[G711.Encode((short)sample, law)]);
            // Half a step of the segment, and what is beyond the loudest code.
            Assert.InRange(error, 0, Math.Max(8, (Math.Abs(sample) + 132) / 30) + (Math.Abs(sample) > 32000 ? 650 : 0));
        }
    }

    [Fact]
    public void One_law_in_the_other_sounds_the_same()
    {
        for (var code = 0; code < 256; code++)
        {
            int before = G711.SamplesOf(G711Law.Alaw)[code];
            int after = G711.SamplesOf(G711Law.Mulaw)[G711.CodesIn(G711Law.Mulaw)[code]];
            Assert.InRange(Math.Abs(before - after), 0, Math.Max(16, Math.Abs(before) / 24));
        }
    }

    [Theory]
    [InlineData(G711Law.Mulaw)]
    [InlineData(G711Law.Alaw)]
    public void Every_code_is_what_its_sample_becomes(G711Law law)
    {
        for (var code = 0; code <= byte.MaxValue; code++)
        {
            // µ-law has two zeros.
            var expected = law == G711Law.Mulaw && code == 0x7F ? 0xFF : code;
            Assert.Equal(expected, G711.Encode(G711.SamplesOf(law)[code], law));
        }
    }

    [Theory]
    [InlineData(G711Law.Mulaw, 0, 0xFF)]
    [InlineData(G711Law.Mulaw, 32767, 0x80)]
    [InlineData(G711Law.Mulaw, -32768, 0x00)]
    [InlineData(G711Law.Alaw, 0, 0xD5)]
    [InlineData(G711Law.Alaw, 32767, 0xAA)]
    [InlineData(G711Law.Alaw, -32768, 0x2A)]
    public void The_ends_and_the_middle_are_those_of_the_tables(G711Law law, short sample, byte code) =>
        Assert.Equal(code, G711.Encode(sample, law));
}
