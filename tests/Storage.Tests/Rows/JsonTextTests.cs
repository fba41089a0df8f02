using System.Buffers;
using System.Text;
using System.Text.Json;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tests.Rows;

/// <summary>Every value is what the serializer would write.</summary>
public sealed class JsonTextTests
{
    /// <summary>Beyond two of the sixteen characters that are copied at a time.</summary>
    private const int LongestText = 35;

    private static readonly string Letters = new([.. Enumerable.Range(0, LongestText).Select(i => (char)('A' + (i % 26)))]);

    public static TheoryData<long> Fractions => [0, 1, 10, 999, 1_000, 1_234_500, 5_000_000, 9_999_999];

    [Fact]
    public void A_character_at_any_place_of_a_text_of_any_length_is_what_the_serializer_writes()
    {
        char[] odd = [.. Enumerable.Range(0, 0x180).Select(i => (char)i), '\u2028', '\ud800', '\uffff', (char)('"' + 256), (char)('A' + 0x8000)];
        for (var length = 0; length <= LongestText; length++)
        {
            for (var at = 0; at < length; at++)
            {
                foreach (var letter in odd)
                    AssertSame(Letters[..at] + letter + Letters[(at + 1)..length]);
            }
        }
    }

    [Fact]
    public void An_empty_text_and_one_of_two_odd_characters_are_what_the_serializer_writes()
    {
        AssertSame("");
        AssertSame(Letters[..20] + "😀" + Letters + "\"");
    }

    [Theory]
    [MemberData(nameof(Fractions))]
    public void Moments_of_the_same_and_of_other_seconds_and_zones_are_what_the_serializer_writes(long fraction)
    {
        var noon = Samples.Noon.AddTicks(fraction);
        DateTimeOffset[] moments =
        [
            noon, noon.AddTicks(7), noon.AddSeconds(-1), noon.ToOffset(TimeSpan.FromMinutes(-90)), new(noon.DateTime, TimeSpan.FromHours(14)), noon,
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue,
        ];
        var written = Write((ref json) =>
        {
            foreach (var moment in moments)
                json.Value(","u8, moment);
        });

        Assert.Equal(string.Concat(moments.Select(moment => "," + JsonSerializer.Serialize(moment, JsonColumns.Format))), written);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(0.125)]
    [InlineData(double.Epsilon)]
    [InlineData(-2.5)]
    [InlineData(double.MaxValue)]
    public void A_number_is_what_the_serializer_writes(double number) =>
        Assert.Equal(":" + JsonSerializer.Serialize(number, JsonColumns.Format), Write((ref json) => json.Value(":"u8, number)));

    private static void AssertSame(string text)
    {
        var written = Write((ref json) => json.Value(":"u8, text));
        if (written != ":" + JsonSerializer.Serialize(text, JsonColumns.Format))
            Assert.Fail($"'{text}' is written as {written}");
    }

    private static string Write(WriteValue write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var json = new JsonText(buffer);
        write(ref json);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private delegate void WriteValue(ref JsonText json);
}
