using System.Buffers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>SIP as it is on TCP and TLS: Content-Length tells where a message ends (RFC 3261 §18.3), line ends between messages are keep-alives.</summary>
internal sealed class SipStreamFraming(SipLimits limits) : StreamFraming
{
    private readonly SipStreamFramer _framer = new(limits);

    public override ReadOnlySpan<byte> Ping => "\r\n\r\n"u8;

    public override SipFrame Read(ref ReadOnlySequence<byte> buffer, StreamScratch content)
    {
        var frame = _framer.Read(buffer, out var length);
        if (frame is SipFrame.Message or SipFrame.Invalid)
            content.Set(buffer.Slice(0, length));
        Error = _framer.Error;
        buffer = buffer.Slice(length);
        return frame;
    }
}
