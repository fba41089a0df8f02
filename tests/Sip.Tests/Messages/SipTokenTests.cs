using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>What is looked at many bytes at a time says the same as a look at each.</summary>
public sealed class SipTokenTests
{
    private static readonly Gen<byte[]> Bytes =
        from length in Gen.Choose(0, 100)
        from visible in Gen.Choose(0, 9)
        from bytes in (visible > 0 ? Gen.Frequency((200, Gen.Choose('a', 'z')), (visible, Gen.Choose(0, 255))) : Gen.Choose(0, 255)).ArrayOf(length)
        select Array.ConvertAll(bytes, value => (byte)value);

    private static readonly Gen<string> Name =
        from known in Gen.Elements(Enum.GetValues<SipHeaderName>())
        from change in Gen.Choose(0, 40)
        from cases in Gen.Choose(0, int.MaxValue)
        from other in Gen.Choose(0, 255)
        select Changed(Encoding.ASCII.GetString(SipHeaderNames.Bytes(known)), change, cases, (char)other);

    [Fact]
    public void A_token_ends_where_RFC_3261_25_1_says() => Holds(
        Bytes, bytes => SipToken.TokenLength(bytes) == Length(bytes, code => char.IsAsciiLetterOrDigit(code) || "-.!%*_+`'~".Contains(code, StringComparison.Ordinal)));

    [Fact]
    public void A_value_without_quotes_ends_at_the_first_byte_that_means_something() => Holds(
        Bytes, bytes => SipToken.PlainValueLength(bytes) == Length(bytes, code => code is >= '!' and <= '~' && !";,\"<>".Contains(code, StringComparison.Ordinal)));

    [Fact]
    public void The_first_control_character_is_found_wherever_it_stands() => Holds(
        Bytes, bytes => SipToken.IndexOfControl(bytes, 0, out _) == Array.FindIndex(bytes, code => code is (< 0x20 and not (byte)'\t') or 0x7f));

    [Fact]
    public void A_header_is_known_by_every_byte_of_its_name_in_any_case() => Holds(Name, text =>
    {
        var expected = Enum.GetValues<SipHeaderName>().FirstOrDefault(
            name => text.Length > 1 && text.Equals(Encoding.ASCII.GetString(SipHeaderNames.Bytes(name)), StringComparison.OrdinalIgnoreCase));
        return text.Length == 1 || SipHeaderNames.Parse(Encoding.Latin1.GetBytes(text)) == expected;
    });

    [Fact]
    public void Every_known_header_is_found_by_its_name() =>
        Assert.All(Enum.GetValues<SipHeaderName>(), name => Assert.Equal(name, SipHeaderNames.Parse(SipHeaderNames.Bytes(name))));

    private static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static int Length(byte[] bytes, Predicate<char> isIn) =>
        Array.FindIndex(bytes, code => !isIn((char)code)) is >= 0 and var end ? end : bytes.Length;

    private static string Changed(string name, int change, int cases, char other)
    {
        var text = name.Select((character, index) => (cases >> (index % 31) & 1) == 0 ? character : Flip(character)).ToArray();
        if (change < text.Length)
            text[change] = other;
        return new string(text) + (change == 30 ? "x" : "");
    }

    private static char Flip(char character) => char.IsAsciiLetter(character) ? (char)(character ^ 0x20) : character;
}
