using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>What a phone sends most, from the bytes of the request to those of the answer, leaves nothing behind.</summary>
public sealed class RegisterAllocationTests : GatewayTest
{
    private const int Warming = 200;
    private const int Measured = 50;
    private const int Rounds = 5;

    private readonly SipMessage _message = new() { IsLent = true };

    [Fact]
    public void A_challenge_allocates_nothing()
    {
        var alice = Script.Phone("101");
        var flow = new QuietFlow(alice.Flow);
        alice.Registers();
        alice.Digest.Nonce = "";

        Assert.Equal(0, Allocated(flow, alice));
        Assert.Equal(Warming + Rounds * Measured, flow.Challenged);
    }

    [Fact]
    public void A_refresh_allocates_nothing()
    {
        var alice = Script.Registered("101");
        var flow = new QuietFlow(alice.Flow);

        Assert.Equal(0, Allocated(flow, alice));
        Assert.Equal(Warming + Rounds * Measured, flow.Accepted);
        // The first of this shape was read, and had a transaction.
        Assert.InRange(Script.Gateway.Layer.ServerTransactions, 0, 3);
    }

    private long Allocated(QuietFlow flow, Phone phone)
    {
        var requests = Enumerable.Range(1, Warming + Rounds * Measured).Select(i => Text(phone, i)).ToArray();
        foreach (var request in requests.AsSpan(0, Warming))
        {
            Script.Loop.Post(() => Receive(flow, request));
            Script.Settle();
        }

        var allocated = -1L;
        // On the loop itself, as what a socket of that loop receives.
        Script.Loop.Post(() => allocated = Measure(flow, requests.AsSpan(Warming)));
        Script.Settle();
        return allocated;
    }

    /// <summary>The best of some rounds: code that is made faster meanwhile allocates, once.</summary>
    private long Measure(QuietFlow flow, ReadOnlySpan<byte[]> requests)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var request in requests.Slice(round * Measured, Measured))
                Receive(flow, request);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private void Receive(QuietFlow flow, byte[] request)
    {
        Assert.True(_message.TryParse(request, SipLimits.Default, out _));
        Script.Receiver.OnMessage(flow, _message);
    }

    private static byte[] Text(Phone phone, int number) => SipText.Bytes(
        phone.TextOfRegister($"z9hG4bKa{number}").Replace("CSeq: 9", $"CSeq: {number}", StringComparison.Ordinal));
}
