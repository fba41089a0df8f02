using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// The OPTIONS that asks a phone whether it is there (RFC 3261 §11.1). There is no transaction for it: its branch says whose answer comes
/// back, and what is lost is asked for again with the next one.
/// </summary>
internal sealed class KeepAliveOptions(LoopGateway gateway)
{
    private const int Digits = 8;

    private readonly byte[] _branch = [.. "z9hG4bK"u8, .. gateway.Context.Token.OwnBytes, .. ".ka"u8];
    private readonly byte[] _tag = gateway.Ids.NewTag();
    private readonly byte[] _callId = [.. gateway.Ids.NewTag(), .. "-00000000"u8];
    private uint _calls;

    /// <summary>Writes one to the loop's writer.</summary>
    public void Write(KeepAliveTarget target, uint nonce)
    {
        Span<byte> uri = stackalloc byte[512];
        Span<byte> branch = stackalloc byte[_branch.Length + (2 * Digits)];
        var contact = target.Binding.Contact;
        var bytes = Encoding.UTF8.GetByteCount(contact) <= uri.Length ? uri[..Encoding.UTF8.GetBytes(contact, uri)] : Encoding.UTF8.GetBytes(contact);
        // RFC 3261 §19.1.1: a Contact may have headers, a Request-URI may not.
        if (bytes.IndexOf((byte)'?') is > 0 and var headers && headers > bytes.IndexOf((byte)'@'))
            bytes = bytes[..headers];
        WriteBranch(branch, target.Number, nonce);

        var writer = gateway.Writer;
        var flow = target.Flow;
        writer.RequestLine(SipMethod.Options, bytes);
        writer.Via(flow.Protocol.ViaToken(), flow.SentBy, branch);
        writer.Header(SipHeaderName.MaxForwards, 70);
        foreach (var route in target.Binding.Path)
            writer.Header(SipHeaderName.Route, Encoding.UTF8.GetBytes(route));
        WriteFrom(writer, flow);
        writer.Address(SipHeaderName.To, [], bytes);
        writer.Header(SipHeaderName.CallId, NextCallId());
        writer.CSeq(1, "OPTIONS"u8);
        gateway.WriteContact(writer, flow, SipUri.IsSips(bytes));
        writer.Header(SipHeaderName.Accept, "application/sdp"u8);
        writer.Header(SipHeaderName.Allow, RequestChecks.Allow);
        writer.Header(SipHeaderName.UserAgent, LoopGateway.Product);
        writer.End();
    }

    /// <summary>Whose answer a response is; false for one that answers something else.</summary>
    public bool TryRead(SipMessage response, out int number, out uint nonce)
    {
        number = 0;
        nonce = 0;
        if (!response.TryGetTopVia(out var via) || via.Branch.Length != _branch.Length + (2 * Digits) || !via.Branch.StartsWith(_branch))
            return false;

        var digits = via.Branch[_branch.Length..];
        return Utf8Parser.TryParse(digits[..Digits], out number, out var read, 'x') && read == Digits
            && Utf8Parser.TryParse(digits[Digits..], out nonce, out read, 'x') && read == Digits;
    }

    private static void WriteFrom(SipWriter writer, SipFlow flow, ReadOnlySpan<byte> tag)
    {
        writer.StartHeader(SipHeaderName.From);
        writer.Append("<sip:"u8);
        writer.Append(flow.SentBy);
        writer.Append(">;tag="u8);
        writer.Append(tag);
        writer.EndHeader();
    }

    private void WriteFrom(SipWriter writer, SipFlow flow) => WriteFrom(writer, flow, _tag);

    private void WriteBranch(Span<byte> branch, int number, uint nonce)
    {
        _branch.CopyTo(branch);
        number.TryFormat(branch[_branch.Length..], out _, "x8", CultureInfo.InvariantCulture);
        nonce.TryFormat(branch[(_branch.Length + Digits)..], out _, "x8", CultureInfo.InvariantCulture);
    }

    /// <summary>The next Call-ID whose answer comes to this loop: one in as many as there are loops.</summary>
    private ReadOnlySpan<byte> NextCallId()
    {
        do
            (++_calls).TryFormat(_callId.AsSpan(^Digits), out _, "x8", CultureInfo.InvariantCulture);
        while (!gateway.Context.Receiver.Takes(gateway.Layer, _callId));

        return _callId;
    }
}
