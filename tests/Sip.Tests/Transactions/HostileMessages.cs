using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Messages that differ from good ones in any bytes neither throw in the layer nor leave anything for long.</summary>
public sealed class HostileMessages
{
    private static readonly byte[][] Seeds =
    [
        .. new[] { "INVITE", "ACK", "CANCEL", "BYE", "OPTIONS" }.Select(method => TransactionBench.Request(method).Bytes.ToArray()),
        Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nv: SIP/2.0/UDP a;branch=z9hG4bKours\r\nf: <sip:a@b>;tag=a1\r\nt: <sip:c@d>;tag=x\r\ni: c1@peer\r\nCSeq: 1 INVITE\r\nl: 0\r\n\r\n"),
    ];

    [Fact]
    public void A_message_with_any_bytes_changed_is_handled_or_refused()
    {
        var changes = Gen.Choose(0, 400).Zip(Gen.Choose(0, 255)).ArrayOf();
        Prop.ForAll(Gen.Choose(0, Seeds.Length - 1).Zip(changes).ToArbitrary(), message => Survives(message.Item1, message.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static bool Survives(int seed, (int At, int Value)[] changes)
    {
        var bytes = (byte[])Seeds[seed].Clone();
        foreach (var (at, value) in changes)
            bytes[at % bytes.Length] = (byte)value;

        var bench = new TransactionBench();
        var invite = bench.SendInvite();
        bench.User.Answers = static transaction => transaction.Respond(486);
        var message = new SipMessage();
        if (message.TryParse(bytes, SipLimits.Default, out _))
            bench.Receive(message);
        else
            bench.Layer.Responder.Respond(new FakeFlow(SipTransportProtocol.Udp) { TakesMalformed = true }, message, 400);

        invite.Cancel();
        bench.PassSeconds(65);
        return bench.Left == (0, 0, 0);
    }
}
