using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>RFC 3261 §17.1.3: what a request of ours is known by, told by its writer.</summary>
public sealed class WrittenIdentityTests
{
    private readonly SipWriter _writer = new();

    [Theory]
    [InlineData(SipMethod.Invite, "")]
    [InlineData(SipMethod.Bye, "")]
    [InlineData(SipMethod.Info, "A \"quoted\" <name>;tag=no")]
    public void A_request_is_known_by_what_a_parser_finds_in_it(SipMethod method, string name)
    {
        WriteWith(method, w => w.Address(SipHeaderName.From, Encoding.UTF8.GetBytes(name), "sip:a;tag=none@b"u8, "f1"u8));
        IsKnownAsRead();
    }

    [Fact]
    public void So_it_is_with_a_From_as_a_dialog_keeps_it()
    {
        WriteWith(SipMethod.Bye, w => w.From("A <sip:a@b>;tag=f1"u8, "f1"u8));
        IsKnownAsRead();
    }

    [Fact]
    public void Further_Vias_change_nothing()
    {
        WriteWith(SipMethod.Options, w =>
        {
            w.Header(SipHeaderName.Via, "SIP/2.0/TCP below;branch=z9hG4bKbelow"u8);
            w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8);
        });
        IsKnownAsRead();
    }

    [Fact]
    public void What_was_not_written_as_such_is_to_be_read()
    {
        Refuses(SipMethod.Options, w => w.Header(SipHeaderName.From, "<sip:a@b>;tag=f1"u8));
        Refuses(SipMethod.Options, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8));
        Refuses(SipMethod.Options, w => TwoOf(w, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8)));
        Refuses(SipMethod.Options, w => TwoOf(w, w => w.Header(SipHeaderName.From, "<sip:a@b>;tag=f1"u8)));
        Refuses(SipMethod.Options, w => w.Header(SipHeaderName.CallId, "another"u8));
        // RFC 3261 §17: an ACK has no transaction.
        Refuses(SipMethod.Ack, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8));
    }

    [Fact]
    public void A_Via_that_is_not_ours_on_top_is_to_be_read()
    {
        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);
        _writer.Header(SipHeaderName.Via, "SIP/2.0/TCP above;branch=z9hG4bKabove"u8);
        WriteRest(SipMethod.Options, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8));
        Assert.False(_writer.TryIdentify(out _));
    }

    [Fact]
    public void Neither_a_response_nor_a_part_of_a_request_is_known()
    {
        WriteWith(SipMethod.Options, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8));
        _writer.StatusLine(200);
        WriteRest(SipMethod.Options, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8));
        Assert.False(_writer.TryIdentify(out _));

        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);
        Assert.False(_writer.TryIdentify(out _));
    }

    [Fact]
    public void A_number_above_what_CSeq_may_have_is_to_be_read_and_so_refused()
    {
        // RFC 3261 §8.1.1.5
        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);
        WriteRest(SipMethod.Options, w => w.Address(SipHeaderName.From, [], "sip:a@b"u8, "f1"u8), 1u << 31);
        Assert.False(_writer.TryIdentify(out _));
    }

    private static void TwoOf(SipWriter writer, Action<SipWriter> write)
    {
        write(writer);
        write(writer);
    }

    private void Refuses(SipMethod method, Action<SipWriter> writeFrom)
    {
        WriteWith(method, writeFrom);
        Assert.False(_writer.TryIdentify(out _));
    }

    private void WriteWith(SipMethod method, Action<SipWriter> writeFrom)
    {
        _writer.RequestLine(method, "sip:a@b"u8);
        WriteRest(method, writeFrom);
    }

    private void WriteRest(SipMethod method, Action<SipWriter> writeFrom, uint cseq = int.MaxValue)
    {
        _writer.Via("UDP"u8, "192.0.2.1:5060"u8, "z9hG4bKown"u8, hasAlias: true);
        writeFrom(_writer);
        _writer.Address(SipHeaderName.To, [], "sip:c@d"u8, "t1"u8);
        _writer.Header(SipHeaderName.CallId, " call@here "u8);
        _writer.CSeq(cseq, SipMethods.Token(method));
        _writer.End();
    }

    private void IsKnownAsRead()
    {
        Assert.True(_writer.TryIdentify(out var known));
        var read = SipMessage.Parse(_writer.Written.ToArray());
        Assert.True(read.TryGetTopVia(out var via) & read.TryGetFrom(out var from) & read.TryGetCSeq(out var cseq, out _));
        Assert.Equal(
            (Text(read.MethodToken), Text(via.Branch), Text(read.CallId), Text(from.Tag), cseq.Number),
            (Text(known.Method), Text(known.Branch), Text(known.CallId), Text(known.FromTag), known.CSeq));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
