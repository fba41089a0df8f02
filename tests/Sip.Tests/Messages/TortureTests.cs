using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>The parser's part of RFC 4475: each message under Corpus/Rfc4475 has one outcome.</summary>
public sealed class TortureTests
{
    [Theory]
    [InlineData("wsinv", "§3.1.1.1")]
    [InlineData("intmeth", "§3.1.1.2")]
    [InlineData("esc01", "§3.1.1.3")]
    [InlineData("escnull", "§3.1.1.4")]
    [InlineData("esc02", "§3.1.1.5")]
    [InlineData("lwsdisp", "§3.1.1.6")]
    [InlineData("longreq", "§3.1.1.7")]
    [InlineData("dblreq", "§3.1.1.8")]
    [InlineData("semiuri", "§3.1.1.9")]
    [InlineData("transports", "§3.1.1.10")]
    [InlineData("mpart01", "§3.1.1.11")]
    [InlineData("unreason", "§3.1.1.12")]
    [InlineData("noreason", "§3.1.1.13")]
    [InlineData("baddate", "§3.1.2.12: Date is not used, so its fault does not matter")]
    [InlineData("badbranch", "§3.2.1")]
    [InlineData("unksm2", "§3.3.4")]
    [InlineData("bext01", "§3.3.5")]
    [InlineData("invut", "§3.3.6")]
    [InlineData("regaut01", "§3.3.7")]
    [InlineData("bcast", "§3.3.10: the transport drops what is not for its own Via")]
    [InlineData("zeromf", "§3.3.11")]
    [InlineData("cparam01", "§3.3.12")]
    [InlineData("cparam02", "§3.3.13")]
    [InlineData("regescrt", "§3.3.14")]
    [InlineData("sdp01", "§3.3.15")]
    [InlineData("inv2543", "§3.4.1")]
    public void A_well_formed_message_is_parsed(string name, string section) =>
        Assert.True(ErrorOf(Read(name)) == SipParseError.None, $"{section}: {ErrorOf(Read(name))}");

    [Theory]
    [InlineData("badinv01", "§3.1.2.1", SipParseError.BadParameter)]
    [InlineData("clerr", "§3.1.2.2", SipParseError.BadContentLength)]
    [InlineData("ncl", "§3.1.2.3", SipParseError.BadContentLength)]
    [InlineData("scalar02", "§3.1.2.4", SipParseError.BadNumber)]
    [InlineData("quotbal", "§3.1.2.6", SipParseError.BadQuotedString)]
    [InlineData("ltgtruri", "§3.1.2.7", SipParseError.BadRequestUri)]
    [InlineData("lwsruri", "§3.1.2.8", SipParseError.BadRequestUri)]
    [InlineData("lwsstart", "§3.1.2.9", SipParseError.BadRequestUri)]
    [InlineData("trws", "§3.1.2.10", SipParseError.BadStartLine)]
    [InlineData("escruri", "§3.1.2.11", SipParseError.BadRequestUri)]
    [InlineData("badaspec", "§3.1.2.14", SipParseError.BadAddress)]
    [InlineData("baddn", "§3.1.2.15", SipParseError.BadAddress)]
    [InlineData("badvers", "§3.1.2.16", SipParseError.UnsupportedVersion, 505)]
    [InlineData("mismatch01", "§3.1.2.17", SipParseError.BadMethod)]
    [InlineData("mismatch02", "§3.1.2.18", SipParseError.UnknownMethod, 501)]
    [InlineData("insuf", "§3.3.1", SipParseError.MissingHeader)]
    [InlineData("multi01", "§3.3.8", SipParseError.DuplicateHeader)]
    [InlineData("mcl01", "§3.3.9", SipParseError.DuplicateHeader)]
    public void A_malformed_request_is_answered(string name, string section, SipParseError expected, int status = 400)
    {
        var message = new SipMessage();

        Assert.False(message.TryParse(Read(name), SipLimits.Default, out var error), section);

        Assert.Equal(expected, error);
        Assert.Equal(status, error.Status());
        Assert.True(message.CanBeAnswered);
    }

    [Theory]
    [InlineData("scalarlg", "§3.1.2.5", SipParseError.BadNumber)]
    [InlineData("bigcode", "§3.1.2.19", SipParseError.BadStatusCode)]
    public void A_malformed_response_is_dropped(string name, string section, SipParseError expected)
    {
        var message = new SipMessage();

        Assert.False(message.TryParse(Read(name), SipLimits.Default, out var error), section);

        Assert.Equal(expected, error);
        Assert.False(message.CanBeAnswered);
    }

    [Theory]
    [InlineData("unkscm", "§3.3.2")]
    [InlineData("novelsc", "§3.3.3")]
    public void A_Request_URI_of_an_unknown_scheme_is_answered_416(string name, string section)
    {
        Assert.False(SipMessage.Parse(Read(name)).TryGetRequestUri(out _, out var error), section);
        Assert.Equal(416, error.Status());
    }

    [Fact]
    public void Every_message_of_the_corpus_has_its_row() =>
        Assert.Equal(49, Directory.GetFiles(Folder, "*.dat").Length);

    [Fact]
    public void Wsinv_yields_what_stands_between_all_its_white_space_3_1_1_1()
    {
        var message = SipMessage.Parse(Read("wsinv"));

        Assert.True(message.TryGetFrom(out var from));
        Assert.Equal("J Rosenberg \\\"", Text(from.UnquoteDisplayName(stackalloc byte[64])));
        Assert.Equal("98asjd8", Text(from.Tag));
        Assert.True(message.TryGetTo(out var to));
        Assert.Equal("1918181833n", Text(to.Tag));
        Assert.Equal(68, message.MaxForwards);
        Assert.Equal(["UDP 192.0.2.2 390skdjuw", "TCP spindle.example.com z9hG4bK9ikj8", "UDP 192.168.255.111 z9hG4bK30239"], Vias(message));
        Assert.True(message.TryGet(SipHeaderName.Subject, out var subject));
        Assert.True(subject.IsEmpty);
        Assert.True(ContactHeader.TryParse(First(message, SipHeaderName.Contact), out var contact, out _));
        Assert.Equal(330, contact.QThousandths);
        Assert.Equal("newvalue", Text(contact.Address.Parameters["newparam"u8]));
        Assert.Equal(150, message.Body.Length);
    }

    [Fact]
    public void Intmeth_keeps_every_unusual_character_3_1_1_2()
    {
        var message = SipMessage.Parse(Read("intmeth"));

        Assert.Equal(SipMethod.Unknown, message.Method);
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", Text(message.MethodToken));
        Assert.Equal("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", Text(message.CallId));
        Assert.True(message.TryGetRequestUri(out var uri, out _));
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", Text(uri.User));
        Assert.Equal("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", Text(uri.Password));
        Assert.True(message.TryGetFrom(out var from));
        Assert.Equal("token1~` token2'+_ token3*%!.-", Text(from.DisplayName));
        Assert.Equal("\"работающий\"", Text(from.Parameters["fromParam''~+*_!.-%"u8]));
        Assert.True(message.TryGetTo(out var to));
        Assert.Equal("BEL:\a NUL:\0 DEL:\x7f", Text(to.UnquoteDisplayName(stackalloc byte[64])));
    }

    [Fact]
    public void Mpart01_has_octets_of_any_value_in_its_body_3_1_1_11()
    {
        var message = SipMessage.Parse(Read("mpart01"));

        Assert.Equal(553, message.Body.Length);
        Assert.True(message.Body.IndexOf((byte)0) > 0);
        Assert.EndsWith("\r\n--7a9cbec02ceef655--\r\n", Text(message.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void Dblreq_ends_with_its_Content_Length_3_1_1_8()
    {
        var message = SipMessage.Parse(Read("dblreq"));

        Assert.Equal(SipMethod.Register, message.Method);
        Assert.True(message.Body.IsEmpty);
        Assert.EndsWith("Content-Length: 0\r\n\r\n", Text(message.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Esc02_has_no_escapes_in_names_of_methods_and_headers_3_1_1_5()
    {
        var message = SipMessage.Parse(Read("esc02"));
        List<string> contacts = [];
        foreach (var value in message.Values(SipHeaderName.Contact))
            contacts.Add(Text(value));

        Assert.Equal(SipMethod.Unknown, message.Method);
        Assert.Equal(["<sip:alias1@host1.example.com>", "<sip:alias3@host3.example.com>"], contacts);
    }

    [Fact]
    public void Longreq_has_34_Vias_3_1_1_7() => Assert.Equal(34, Vias(SipMessage.Parse(Read("longreq"))).Count);

    [Fact]
    public void Regbadct_has_a_Contact_that_is_answered_400_3_1_2_13()
    {
        Assert.False(ContactHeader.TryParse(First(SipMessage.Parse(Read("regbadct")), SipHeaderName.Contact), out _, out var error));
        Assert.Equal(400, error.Status());
    }

    [Theory]
    [InlineData("cparam01", true, "§3.3.12: the parameter is the header's")]
    [InlineData("cparam02", false, "§3.3.13: the parameter is the URI's")]
    public void Brackets_say_whose_a_parameter_is(string name, bool isHeaders, string section)
    {
        Assert.True(ContactHeader.TryParse(First(SipMessage.Parse(Read(name)), SipHeaderName.Contact), out var contact, out _));
        Assert.True(contact.Address.TryGetUri(out var uri, out _));

        Assert.True(contact.Address.Parameters.Has("unknownparam"u8) == isHeaders, section);
        Assert.True(uri.Parameters.Has("unknownparam"u8) != isHeaders, section);
    }

    [Fact]
    public void Regaut01_has_credentials_that_count_as_none_3_3_7()
    {
        Assert.False(DigestCredentials.TryParse(First(SipMessage.Parse(Read("regaut01")), SipHeaderName.Authorization), out _, out var error));
        Assert.Equal(401, error.Status());
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus", "Rfc4475");

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".dat"));

    private static ReadOnlySpan<byte> First(SipMessage message, SipHeaderName name)
    {
        foreach (var value in message.Values(name))
            return value;
        return [];
    }

    private static List<string> Vias(SipMessage message)
    {
        List<string> vias = [];
        foreach (var value in message.Values(SipHeaderName.Via))
        {
            Assert.True(ViaHeader.TryParse(value, out var via, out _));
            vias.Add($"{Text(via.Transport)} {Text(via.Host)} {Text(via.Branch)}");
        }

        return vias;
    }
}
