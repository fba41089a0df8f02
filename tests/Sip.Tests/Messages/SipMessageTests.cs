using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class SipMessageTests
{
    [Fact]
    public void A_request_is_taken_apart_by_RFC_3261_7_1()
    {
        var message = SipMessage.Parse(ToWire(Invite));

        Assert.True(message.IsRequest);
        Assert.Equal(SipMethod.Invite, message.Method);
        Assert.Equal("INVITE", Text(message.MethodToken));
        Assert.Equal("sip:bob@biloxi.example.com", Text(message.RequestUri));
        Assert.Equal("a84b4c76e66710@pc33.atlanta.example.com", Text(message.CallId));
        Assert.Equal(70, message.MaxForwards);
        Assert.Equal("v=0\n", Text(message.Body));
        Assert.Equal(9, message.LineCount);
    }

    [Fact]
    public void A_response_is_taken_apart_by_RFC_3261_7_2()
    {
        var message = SipMessage.Parse(InviteWith("INVITE sip:bob@biloxi.example.com SIP/2.0", "SIP/2.0 180 It rings"));

        Assert.False(message.IsRequest);
        Assert.Equal(180, message.StatusCode);
        Assert.Equal("It rings", Text(message.ReasonPhrase));
        Assert.Equal(SipMethod.Invite, message.Method);
        Assert.Equal("INVITE", Text(message.MethodToken));
        Assert.True(message.RequestUri.IsEmpty);
    }

    [Theory]
    [InlineData("SIP/2.0 100 ", "", "RFC 4475 §3.1.1.13: an empty reason phrase")]
    [InlineData("SIP/2.0 100", "", "a phrase left out together with its space")]
    [InlineData("SIP/2.0 200 = 2**3 * 5**2 нд", "= 2**3 * 5**2 нд", "RFC 4475 §3.1.1.12: UTF-8 in the phrase")]
    public void A_status_line_may_be_odd(string line, string reason, string why)
    {
        var message = SipMessage.Parse(InviteWith("INVITE sip:bob@biloxi.example.com SIP/2.0", line));

        Assert.True(Text(message.ReasonPhrase) == reason, why);
    }

    [Theory]
    [InlineData("Via", SipHeaderName.Via)]
    [InlineData("v", SipHeaderName.Via)]
    [InlineData("V", SipHeaderName.Via)]
    [InlineData("cALL-iD", SipHeaderName.CallId)]
    [InlineData("i", SipHeaderName.CallId)]
    [InlineData("x", SipHeaderName.SessionExpires)]
    [InlineData("WWW-Authenticate", SipHeaderName.WwwAuthenticate)]
    [InlineData("X-Unknown", SipHeaderName.Other)]
    [InlineData("Vi", SipHeaderName.Other)]
    [InlineData("q", SipHeaderName.Other)]
    public void A_header_is_known_by_its_long_and_compact_name_in_any_case_RFC_3261_7_3_3(string name, SipHeaderName expected) =>
        Assert.Equal(expected, SipHeaderNames.Parse(System.Text.Encoding.ASCII.GetBytes(name)));

    [Fact]
    public void Every_known_name_is_found_by_its_own_bytes()
    {
        foreach (var name in Enum.GetValues<SipHeaderName>().Where(name => name != SipHeaderName.Other))
            Assert.Equal(name, SipHeaderNames.Parse(SipHeaderNames.Bytes(name)));
        Assert.Equal(Enum.GetValues<SipHeaderName>().Length, SipHeaderNames.Count);
    }

    [Theory]
    [InlineData("Call-ID :", "space before the colon")]
    [InlineData("Call-ID\t:", "tab before the colon")]
    [InlineData("i \t :", "both, compact")]
    public void White_space_before_the_colon_hides_no_header(string name, string why)
    {
        var message = SipMessage.Parse(InviteWith("Call-ID:", name));

        Assert.True(Text(message.CallId) == "a84b4c76e66710@pc33.atlanta.example.com", why);
    }

    [Fact]
    public void Folded_lines_become_one_value_RFC_3261_7_3_1()
    {
        var message = SipMessage.Parse(InviteWith("314159 INVITE", "314159\n\t INVITE"));

        Assert.True(message.TryGetCSeq(out var cseq, out _));
        Assert.Equal(314159u, cseq.Number);
        Assert.Equal("INVITE", Text(cseq.Method));
        Assert.Equal("314159  \t INVITE", Text(ValueOf(message, SipHeaderName.CSeq)));
    }

    [Fact]
    public void List_values_are_split_over_lines_commas_quotes_and_brackets()
    {
        var message = SipMessage.Parse(InviteWith(
            "Contact: <sip:alice@pc33.atlanta.example.com>",
            """
            Contact: "A, \", B" <sip:a,b@c>;x="1,2" , sip:d@e,,
            Allow: INVITE
            m: <sip:f@g>
            """));

        List<string> found = [];
        foreach (var value in message.Values(SipHeaderName.Contact))
            found.Add(Text(value));

        Assert.Equal(["""
            "A, \", B" <sip:a,b@c>;x="1,2"
            """, "sip:d@e", "<sip:f@g>"], found);
    }

    [Fact]
    public void Digest_headers_are_one_value_per_line_whatever_their_commas_RFC_3261_7_3_1()
    {
        var message = SipMessage.Parse(InviteWith("Max-Forwards", "Authorization: Digest a=b, c=d\nMax-Forwards"));

        List<string> found = [];
        foreach (var value in message.Values(SipHeaderName.Authorization))
            found.Add(Text(value));
        Assert.Equal(["Digest a=b, c=d"], found);
    }

    [Fact]
    public void Octets_after_the_body_and_line_ends_before_the_message_are_left_out_RFC_3261_18_3_and_7_5()
    {
        var wire = ToWire("\n\n" + Invite + "INVITE sip:joe@example.com SIP/2.0");

        var message = SipMessage.Parse(wire);

        Assert.Equal("v=0\n", Text(message.Body));
        Assert.Equal(ToWire(Invite).Length, message.Bytes.Length);
    }

    [Fact]
    public void Without_Content_Length_the_body_is_the_rest_of_the_datagram_RFC_3261_18_3() =>
        Assert.Equal("v=0\n", Text(SipMessage.Parse(InviteWith("Content-Length: 4\n", "")).Body));

    [Fact]
    public void Every_line_is_listed_in_order_with_the_name_it_was_sent_under()
    {
        var message = SipMessage.Parse(InviteWith("Max-Forwards: 70", "X-Other:   a b  \nMax-Forwards: 70"));

        List<string> names = [];
        foreach (var line in message.Lines)
            names.Add($"{Text(line.NameBytes)}={Text(line.Value)}");

        Assert.Equal("X-Other=a b", names[1]);
        Assert.Equal("Max-Forwards=70", names[2]);
        Assert.Equal(10, names.Count);
    }

    [Fact]
    public void A_message_can_be_parsed_into_again()
    {
        var message = SipMessage.Parse(InviteWith("Max-Forwards: 70\n", "Max-Forwards: 70\nSubject: first\n"));

        Assert.True(message.TryParse(ToWire(Invite), SipLimits.Default, out _));

        Assert.False(message.Has(SipHeaderName.Subject));
        Assert.Equal(9, message.LineCount);
    }

    [Fact]
    public void A_detached_message_outlives_the_buffer_it_was_lent_from()
    {
        var buffer = ToWire(Invite);
        var lent = new SipMessage { IsLent = true };
        Assert.True(lent.TryParse(buffer, SipLimits.Default, out _));

        var kept = lent.Detach();
        var copy = kept.Bytes.ToArray();
        buffer.AsSpan().Clear();
        Assert.False(lent.TryParse("OPTIONS"u8.ToArray(), SipLimits.Default, out _));

        Assert.Equal(ToWire(Invite), copy);
        Assert.Equal(SipMethod.Invite, kept.Method);
        Assert.Equal(9, kept.LineCount);
        Assert.Equal(ValueOf(SipMessage.Parse(ToWire(Invite)), SipHeaderName.CallId), kept.CallId);
        Assert.Same(kept, kept.Detach());
    }

    [Fact]
    public void A_detached_message_can_be_parsed_into_anew()
    {
        var lent = new SipMessage { IsLent = true };
        Assert.False(lent.TryParse("OPTIONS"u8.ToArray(), SipLimits.Default, out _));

        var kept = lent.Detach();

        Assert.True(kept.TryParse(ToWire(Invite), SipLimits.Default, out _));
        Assert.Equal(9, kept.LineCount);
    }

    [Fact]
    public void Option_tags_are_found_without_case()
    {
        var message = SipMessage.Parse(InviteWith("Max-Forwards", "Supported: timer, 100rel\nk: Outbound\nMax-Forwards"));

        Assert.True(message.HasToken(SipHeaderName.Supported, "100REL"u8));
        Assert.True(message.HasToken(SipHeaderName.Supported, "outbound"u8));
        Assert.False(message.HasToken(SipHeaderName.Supported, "100re"u8));
    }

    private static ReadOnlySpan<byte> ValueOf(SipMessage message, SipHeaderName name) =>
        message.TryGet(name, out var value) ? value : [];
}
