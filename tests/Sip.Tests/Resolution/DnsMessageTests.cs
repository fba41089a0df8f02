using System.Net;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Resolution;
using static TekSipCloud.Sip.Tests.Resolution.DnsText;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>RFC 1035 §4, RFC 2782, RFC 3403 §4.1.</summary>
public sealed class DnsMessageTests
{
    private const int Response = 0x8180;
    private static readonly byte[] PointerToQuestion = [0xC0, 12];

    [Fact]
    public void An_answer_with_compressed_names_is_read()
    {
        var bytes = Message(Response, Question("Sip.Example.TEST", 1), [Record(PointerToQuestion, 1, 60, [192, 0, 2, 7])]);

        Assert.True(DnsMessage.TryParse(bytes, out var message));
        Assert.Equal(new DnsQuestion("sip.example.test", DnsRecordType.A), message.Question);
        Assert.Equal(new AddressRecord("sip.example.test", TimeSpan.FromMinutes(1), IPAddress.Parse("192.0.2.7")), Assert.Single(message.Answers));
    }

    [Fact]
    public void SRV_and_NAPTR_are_read()
    {
        byte[] naptr = [.. Number(10), .. Number(20), .. Text("s"), .. Text("SIP+D2U"), .. Text(""), .. Name("_sip._udp.example.test")];
        var bytes = Message(
            Response, Question("example.test", 255),
            [Record(PointerToQuestion, 33, 60, Srv(1, 2, 5060, "a.test")), Record(PointerToQuestion, 35, 60, naptr)]);

        Assert.True(DnsMessage.TryParse(bytes, out var message));
        Assert.Equal(
            [
                new ServiceRecord("example.test", TimeSpan.FromMinutes(1), 1, 2, 5060, "a.test"),
                new TransportRecord("example.test", TimeSpan.FromMinutes(1), 10, 20, "s", "SIP+D2U", "_sip._udp.example.test"),
            ],
            message.Answers);
    }

    [Fact]
    public void A_name_that_points_to_itself_is_refused() =>
        AssertRefused(Message(Response, [0xC0, 12, 0, 1, 0, 1], []));

    [Fact]
    public void Names_that_point_in_a_circle_are_refused() =>
        AssertRefused(Message(Response, [0xC0, 18, 0, 1, 0, 1], [[0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]]));

    [Fact]
    public void A_name_of_more_than_255_octets_is_refused()
    {
        // RFC 1035 §2.3.4
        var label = new string('a', 63);
        Assert.True(DnsMessage.TryParse(Message(Response, Question($"{label}.{label}.{label}.{new string('a', 61)}", 1), []), out _));
        AssertRefused(Message(Response, Question($"{label}.{label}.{label}.{new string('a', 62)}", 1), []));
    }

    [Fact]
    public void Pointers_cannot_make_a_name_longer_than_255_octets()
    {
        byte[] body = [.. Text(new string('b', 63))[..64], 0xC0, 12];
        var longest = $"{new string('a', 63)}.{new string('a', 63)}.{new string('a', 63)}";
        AssertRefused(Message(Response, Question(longest, 5), [Record(PointerToQuestion, 5, 1, body)]));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 5)]
    [InlineData(28, 4)]
    [InlineData(33, 6)]
    [InlineData(33, 20)]
    public void A_record_whose_length_does_not_fit_its_kind_is_refused(int type, int length) =>
        AssertRefused(Message(Response, Question("a.test", type), [Record(PointerToQuestion, type, 1, new byte[length])]));

    [Fact]
    public void A_name_with_odd_characters_is_escaped_so_that_nobody_asks_for_it()
    {
        byte[] odd = [3, (byte)'a', (byte)'.', (byte)'b', 0];
        var bytes = Message(Response, Question("a.test", 5), [Record(PointerToQuestion, 5, 1, odd)]);

        Assert.True(DnsMessage.TryParse(bytes, out var message));
        var alias = Assert.IsType<AliasRecord>(Assert.Single(message.Answers)).Target;
        Assert.Equal(@"a\046b", alias);
        Assert.False(DnsName.TryNormalize(alias, out _));
    }

    [Fact]
    public void A_lifetime_with_the_highest_bit_set_is_zero()
    {
        // RFC 2181 §8
        var bytes = Message(Response, Question("a.test", 1), [Record(PointerToQuestion, 1, 0x80000000, [1, 2, 3, 4])]);

        Assert.True(DnsMessage.TryParse(bytes, out var message));
        Assert.Equal(TimeSpan.Zero, message.Answers[0].Ttl);
    }

    [Fact]
    public void A_truncated_message_says_so_and_its_rest_is_not_read()
    {
        byte[] bytes = [.. Message(Response | 0x0200, Question("a.test", 33), [Record(PointerToQuestion, 33, 1, Srv(1, 1, 1, "b.test"))])[..^5]];

        Assert.True(DnsMessage.TryParse(bytes, out var message));
        Assert.True(message.IsTruncated);
        Assert.Empty(message.Answers);
    }

    [Fact]
    public void A_question_written_is_the_question_read()
    {
        var question = new DnsQuestion("_sip._udp.example.test", DnsRecordType.Srv);

        Assert.True(DnsMessage.TryParse(DnsQuery.Write(4711, question, withEdns: true), out var message));
        Assert.Equal(4711, message.Id);
        Assert.False(message.IsResponse);
        Assert.Equal(question, message.Question);
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => DnsMessage.TryParse(bytes, out _) || true)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(400));

    [Fact]
    public void No_damage_to_a_message_makes_it_throw()
    {
        byte[] naptr = [.. Number(10), .. Number(20), .. Text("s"), .. Text("SIP+D2U"), .. Text("!.*!x!"), .. Name("_sip._udp.example.test")];
        var whole = Message(
            Response, Question("example.test", 255),
            [
                Record(PointerToQuestion, 33, 60, Srv(1, 2, 5060, "a.test")), Record(PointerToQuestion, 35, 60, naptr),
                Record(PointerToQuestion, 28, 60, new byte[16]), Record(PointerToQuestion, 5, 60, [1, (byte)'x', 0xC0, 12]),
            ],
            [Record(PointerToQuestion, 6, 60, Soa(30))]);
        var damage =
            from at in Gen.Choose(0, whole.Length - 1)
            from value in Gen.Choose(0, 255)
            select (at, (byte)value);
        Prop.ForAll(
            damage.ListOf().ToArbitrary(),
            Gen.Choose(0, whole.Length).ToArbitrary(),
            (changes, length) =>
            {
                byte[] bytes = [.. whole];
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                return DnsMessage.TryParse(bytes.AsSpan(0, length), out _) || true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(12));
    }

    private static void AssertRefused(byte[] bytes) => Assert.False(DnsMessage.TryParse(bytes, out _));
}
