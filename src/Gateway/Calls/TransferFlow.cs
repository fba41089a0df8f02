using System.Net;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// The way by which the INVITE of a transfer comes: it is made here in the transferor's name, so what answers it goes to the transfer, and nothing to the
/// network.
/// </summary>
internal sealed class TransferFlow(Transfer transfer, SipFlow transferor) : SipFlow(transferor.Protocol, transferor.Remote)
{
    /// <summary>The transfer whose INVITE it brings.</summary>
    public Transfer Transfer => transfer;

    public override IPEndPoint Local => transferor.Local;

    public override bool IsOpen => true;

    public override void Close()
    {
        // There is nothing to close.
    }

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        transfer.OnResponse(SipMessage.Parse(message.ToArray()));
        return true;
    }
}
