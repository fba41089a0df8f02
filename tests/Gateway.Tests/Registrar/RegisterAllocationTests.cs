using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>What a phone sends most, from the bytes of the request to those of the answer, leaves nothing behind.</summary>
public sealed class RegisterAllocationTests : GatewayTest
{
    private const int Warming = 200;
    private const int Measured = 50;

    private readonly SipMessage _message = new() { IsLent = true };

    [Fact]
    public void A_challenge_allocates_nothing()
    {
        var alice = Script.Phone("101");
        var flow = new QuietFlow(alice.Flow);
        alice.Registers();
        alice.Digest.Nonce = "";

        Assert.Equal(0, Allocated(flow, alice));
        Assert.Equal(Warming + Measured, flow.Challenged);
    }

    [Fact]
    public void A_refresh_allocates_nothing()
    {
        var alice = Script.Registered("101");
        var flow = new QuietFlow(alice.Flow);

        Assert.Equal(0, Allocated(flow, alice));
        Assert.Equal(Warming + Measured, flow.Accepted);
        // The first of this shape was read, and had a transaction.
        Assert.InRange(Script.Gateway.Layer.ServerTransactions, 0, 3);
    }

    private long Allocated(QuietFlow flow, Phone phone)
    {
        var requests = Enumerable.Range(1, Warming + Measured).Select(i => Text(phone, i)).ToArray();
        foreach (var request in requests.AsSpan(0, Warming))
            Receive(flow, request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var request in requests.AsSpan(Warming))
            Receive(flow, request);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Receive(QuietFlow flow, byte[] request)
    {
        Assert.True(_message.TryParse(request, SipLimits.Default, out _));
        Script.Receiver.OnMessage(flow, _message);
        Script.Settle();
    }

    private static byte[] Text(Phone phone, int number) => SipText.Bytes(
        phone.TextOfRegister($"z9hG4bKa{number}").Replace("CSeq: 9", $"CSeq: {number}", StringComparison.Ordinal));
}
