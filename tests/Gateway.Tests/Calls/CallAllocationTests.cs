using System.Text;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>What a call leaves to the garbage collector, which costs as much as the call's own instructions.</summary>
public sealed class CallAllocationTests : GatewayTest
{
    /// <summary>Bytes on the loop from the first INVITE, which is challenged, to the end; a tenth above what was measured last, unoptimized.</summary>
    private const int MaxBytes = 9_700;

    private const int Warming = 30;
    private const int Measured = 20;

    private readonly SipMessage _message = new() { IsLent = true };
    private readonly Dictionary<string, long> _steps = [];

    [Fact]
    public async Task A_call_between_phones_of_this_node_leaves_little_behind()
    {
        await UseScript(mediaPorts: 1_000);
        var alice = Script.Phone("101");
        var bob = Script.Registered("102");
        Script.Deliver = Deliver;

        for (var i = 0; i < Warming; i++)
            Call(alice, bob);
        _steps.Clear();
        for (var i = 0; i < Measured; i++)
            Call(alice, bob);

        var bytes = _steps.Values.Sum() / Measured;
        var steps = string.Join(", ", _steps.Select(step => $"{step.Key} {step.Value / Measured}"));
        Assert.True(bytes < MaxBytes, $"{bytes} bytes: {steps}");
    }

    private void Call(Phone alice, Phone bob)
    {
        alice.Digest.Nonce = "";
        var refused = alice.Invites("102");
        alice.Digest.Learn(refused.Gets(407));
        refused.Sends("ACK");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();
        Script.Passes(33);
    }

    /// <summary>Brings a message as a socket of the loop does, and counts what the gateway allocates, not the phones.</summary>
    private void Deliver(PhoneFlow flow, byte[] bytes)
    {
        var step = string.Join(' ', Encoding.ASCII.GetString(bytes, 0, 32).Split(' ').Take(2));
        Script.Loop.Post(() => Receive(flow, bytes));
        var phones = Script.Flows.Allocated;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Script.Settle();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - (Script.Flows.Allocated - phones);
        _steps[step] = _steps.GetValueOrDefault(step) + allocated;
    }

    private void Receive(PhoneFlow flow, byte[] bytes)
    {
        Assert.True(_message.TryParse(bytes, SipLimits.Default, out _));
        Script.Receiver.OnMessage(flow, _message);
    }
}
