using System.Text;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tests.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>RFC 3261 §12.</summary>
public sealed class DialogTests
{
    private const string TwoProxies = "Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>\n";

    private readonly FakeFlow _flow = new(SipTransportProtocol.Udp);
    private readonly SipWriter _writer = new();

    [Fact]
    public void The_callees_end_has_the_requests_routes_in_order_and_its_Contact_as_target()
    {
        var dialog = Server(TwoProxies);

        Assert.Equal(new DialogId("c1@peer", "t1", "a1"), dialog.Id);
        Assert.Equal(["sip:p1.example.com;lr", "sip:p2.example.com;lr"], dialog.RouteSet.Select(Text));
        Assert.Equal("sip:alice@192.0.2.10:5060", Text(dialog.RemoteTarget));
        Assert.Equal("sip:p1.example.com;lr", Text(dialog.NextHop));
        Assert.Equal(1u, dialog.RemoteCSeq);
        Assert.Equal(0u, dialog.LocalCSeq);
        Assert.False(dialog.IsSecure);
    }

    [Fact]
    public void The_callers_end_has_the_responses_routes_in_reverse()
    {
        var dialog = Client(200, TwoProxies);

        Assert.Equal(new DialogId("c1@peer", "a1", "b1"), dialog.Id);
        Assert.Equal(["sip:p2.example.com;lr", "sip:p1.example.com;lr"], dialog.RouteSet.Select(Text));
        Assert.Equal("sip:bob@192.0.2.20", Text(dialog.RemoteTarget));
        Assert.Equal(DialogState.Confirmed, dialog.State);
        Assert.Equal(1u, dialog.LocalCSeq);
        Assert.Null(dialog.RemoteCSeq);
    }

    [Fact]
    public void A_request_without_a_Contact_makes_no_dialog()
    {
        var text = Encoding.Latin1.GetString(TransactionBench.Request("INVITE").Bytes.Span);
        var request = TransactionBench.Parse(text.Replace("Contact: <sip:alice@192.0.2.10:5060>\r\n", "", StringComparison.Ordinal));

        Assert.Null(Dialog.CreateServer(request, "t1"u8));
    }

    [Fact]
    public void A_caller_of_RFC_2543_without_a_Contact_is_called_back_by_its_From()
    {
        // RFC 2543 §6.13, RFC 4475 §3.4.1
        var text = Encoding.Latin1.GetString(TransactionBench.Request("INVITE").Bytes.Span)
            .Replace("Contact: <sip:alice@192.0.2.10:5060>\r\n", "", StringComparison.Ordinal);
        var request = TransactionBench.Parse(text.Replace("branch=z9hG4bK", "branch=", StringComparison.Ordinal));

        Assert.True(request.TryGetFrom(out var from));
        Assert.Equal(Encoding.Latin1.GetString(from.Uri), Encoding.Latin1.GetString(Dialog.CreateServer(request, "t1"u8)!.RemoteTarget));
    }

    [Fact]
    public void Headers_of_a_Contact_are_no_part_of_the_remote_target()
    {
        // RFC 3261 §19.1.1
        var text = Encoding.Latin1.GetString(TransactionBench.Request("INVITE").Bytes.Span);
        var request = TransactionBench.Parse(text.Replace(
            "<sip:alice@192.0.2.10:5060>", "<sip:alice@192.0.2.10:5060;ob?Route=%3Csip:p%3E&Via=a>", StringComparison.Ordinal));

        Assert.Equal("sip:alice@192.0.2.10:5060;ob", Encoding.Latin1.GetString(Dialog.CreateServer(request, "t1"u8)!.RemoteTarget));
    }

    [Fact]
    public void What_a_quoted_pair_hides_in_the_peers_name_is_in_no_request_to_it()
    {
        // RFC 3261 §25.1 quoted-pair: any octet but CR and LF.
        var text = Encoding.Latin1.GetString(TransactionBench.Request("INVITE", extra: "Record-Route: <sip:\"\\\u0001\">\n").Bytes.Span);
        var from = text.Split("\r\n").First(line => line.StartsWith("From:", StringComparison.Ordinal));
        var request = TransactionBench.Parse(text.Replace(from, "From: \"a\\\0b\" <sip:alice@example.com>;tag=a", StringComparison.Ordinal));

        Dialog.CreateServer(request, "t1"u8)!.StartRequest(_writer, SipMethod.Bye, _flow, "z9hG4bKb"u8);
        _writer.End();

        Assert.Contains("To: \"a\\ b\" <sip:alice@example.com>;tag=a\r\n", Encoding.Latin1.GetString(_writer.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_response_without_a_To_tag_makes_no_dialog() =>
        Assert.Null(Dialog.CreateClient(TransactionBench.Request("INVITE"), Response(100, tag: "")));

    [Fact]
    public void A_provisional_response_without_Contact_leaves_the_Request_URI_as_target()
    {
        var dialog = Dialog.CreateClient(TransactionBench.Request("INVITE"), Response(180, contact: ""))!;

        Assert.Equal("sip:bob@example.com", Text(dialog.RemoteTarget));
        Assert.Equal(DialogState.Early, dialog.State);
    }

    [Fact]
    public void A_request_in_the_dialog_goes_to_the_target_over_the_routes_with_the_next_number()
    {
        var dialog = Server(TwoProxies);
        dialog.StartRequest(_writer, SipMethod.Bye, _flow, "z9hG4bKx"u8);
        _writer.End();

        AssertLines(
            "BYE sip:alice@192.0.2.10:5060 SIP/2.0",
            "Via: SIP/2.0/UDP 198.51.100.1:5060;rport;branch=z9hG4bKx",
            "Max-Forwards: 70",
            "Route: <sip:p1.example.com;lr>",
            "Route: <sip:p2.example.com;lr>",
            "From: <sip:bob@example.com>;tag=t1",
            "To: \"Alice\" <sip:alice@example.com>;tag=a1",
            "Call-ID: c1@peer",
            "CSeq: 1 BYE",
            "Content-Length: 0");
    }

    [Fact]
    public void Each_request_has_the_number_after_the_last()
    {
        var dialog = Client(200);

        Assert.Equal(2u, dialog.StartRequest(_writer, SipMethod.Info, _flow, "z9hG4bK1"u8));
        Assert.Equal(3u, dialog.StartRequest(_writer, SipMethod.Bye, _flow, "z9hG4bK2"u8));
        Assert.Equal(3u, dialog.LocalCSeq);
    }

    [Fact]
    public void The_ACK_has_the_number_of_its_INVITE_and_uses_none_up()
    {
        var dialog = Client(200);
        dialog.StartAck(_writer, _flow, "z9hG4bKack"u8, inviteCSeq: 1);
        _writer.End();

        var ack = Written();
        Assert.Equal("sip:bob@192.0.2.20", Text(ack.RequestUri));
        Assert.True(ack.TryGet(SipHeaderName.CSeq, out var cseq));
        Assert.Equal("1 ACK", Text(cseq));
        Assert.Equal(1u, dialog.LocalCSeq);
        Assert.Throws<ArgumentException>(() => dialog.StartRequest(_writer, SipMethod.Ack, _flow, "z9hG4bK1"u8));
    }

    [Fact]
    public void A_strict_router_becomes_the_Request_URI_and_the_target_the_last_route()
    {
        var dialog = Server("Record-Route: <sip:old.example.com?x=y>, <sip:p2.example.com;lr>\n");
        dialog.StartRequest(_writer, SipMethod.Bye, _flow, "z9hG4bKx"u8);
        _writer.End();

        var bye = Written();
        Assert.Equal("sip:old.example.com", Text(bye.RequestUri));
        List<string> routes = [];
        foreach (var route in bye.Values(SipHeaderName.Route))
            routes.Add(Text(route));
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:alice@192.0.2.10:5060>"], routes);
    }

    [Theory]
    [InlineData(2u, true)]
    [InlineData(9u, true)]
    [InlineData(1u, false)]
    [InlineData(0u, false)]
    public void A_request_must_have_a_higher_number_than_the_last(uint cseq, bool isTaken)
    {
        var dialog = Server();

        Assert.Equal(isTaken, dialog.TryTakeRequest(TransactionBench.Request("INFO", toTag: "t1", cseq: cseq)));
        Assert.Equal(isTaken ? cseq : 1u, dialog.RemoteCSeq);
    }

    [Theory]
    [InlineData("INVITE", true)]
    [InlineData("UPDATE", true)]
    [InlineData("INFO", false)]
    [InlineData("BYE", false)]
    public void Only_target_refresh_requests_move_the_target(string method, bool moves)
    {
        var dialog = Client(200);
        dialog.TryTakeRequest(TransactionBench.Request(method, toTag: "a1", cseq: 2));

        Assert.Equal(moves ? "sip:alice@192.0.2.10:5060" : "sip:bob@192.0.2.20", Text(dialog.RemoteTarget));
    }

    [Fact]
    public void A_2xx_confirms_an_early_dialog_and_sets_its_routes_and_target_anew()
    {
        var dialog = Client(180, "Record-Route: <sip:early.example.com;lr>\n");
        dialog.TakeResponse(Response(200, extra: TwoProxies, contact: "sip:bob@192.0.2.99"));

        Assert.Equal(DialogState.Confirmed, dialog.State);
        Assert.Equal(["sip:p2.example.com;lr", "sip:p1.example.com;lr"], dialog.RouteSet.Select(Text));
        Assert.Equal("sip:bob@192.0.2.99", Text(dialog.RemoteTarget));
    }

    [Fact]
    public void A_confirmed_dialog_keeps_its_routes_whatever_a_later_2xx_records()
    {
        var dialog = Client(200);
        dialog.TakeResponse(Response(200, extra: TwoProxies, contact: "sip:bob@192.0.2.99"));

        Assert.Empty(dialog.RouteSet);
        Assert.Equal("sip:bob@192.0.2.99", Text(dialog.RemoteTarget));
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)]
    public void Some_refusals_end_the_dialog(int status)
    {
        var dialog = Client(200);
        dialog.TakeResponse(Response(status));

        Assert.Equal(DialogState.Terminated, dialog.State);
    }

    [Fact]
    public void Both_ends_know_their_dialog_by_the_messages_they_receive()
    {
        Assert.True(DialogId.TryOfRequest(TransactionBench.Request("BYE", toTag: "t1"), out var ofRequest));
        Assert.Equal(Server().Id, ofRequest.Value);
        Assert.True(DialogId.TryOfResponse(Response(200), out var ofResponse));
        Assert.Equal(Client(200).Id, ofResponse.Value);
        Assert.False(DialogId.TryOfRequest(TransactionBench.Request("BYE"), out _));
    }

    [Fact]
    public void A_sips_call_is_secure()
    {
        var text = Encoding.Latin1.GetString(TransactionBench.Request("INVITE").Bytes.Span);
        var request = TransactionBench.Parse(text.Replace("INVITE sip:", "INVITE sips:", StringComparison.Ordinal));

        Assert.True(Dialog.CreateServer(request, "t1"u8)!.IsSecure);
    }

    private static Dialog Server(string extra = "") => Dialog.CreateServer(TransactionBench.Request("INVITE", extra: extra), "t1"u8)!;

    private static Dialog Client(int status, string extra = "") =>
        Dialog.CreateClient(TransactionBench.Request("INVITE"), Response(status, extra))!;

    private static SipMessage Response(int status, string extra = "", string tag = "b1", string contact = "sip:bob@192.0.2.20") =>
        TransactionBench.Parse($"""
            SIP/2.0 {status} X
            Via: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bKours
            From: "Alice" <sip:alice@example.com>;tag=a1
            To: <sip:bob@example.com>{(tag.Length > 0 ? $";tag={tag}" : "")}
            Call-ID: c1@peer
            CSeq: 1 INVITE
            {(contact.Length > 0 ? $"Contact: <{contact}>\n" : "")}{extra}Content-Length: 0


            """);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private SipMessage Written() => SipMessage.Parse(_writer.Written.ToArray());

    private void AssertLines(params string[] lines) =>
        Assert.Equal(string.Join("\r\n", lines) + "\r\n\r\n", Text(_writer.Written));
}
