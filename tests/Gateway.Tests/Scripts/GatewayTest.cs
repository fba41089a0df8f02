namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>A test with a script; after it nothing may be left in the gateway.</summary>
public abstract class GatewayTest : IAsyncLifetime
{
    internal SipScript Script { get; set; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        await using var script = Script;
        // A test that failed says more than what it left.
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
            await script.LeavesNothing();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another gateway for this test.</summary>
    internal async Task UseScript(int mediaPorts = 64, params (string Name, string Value)[] settings)
    {
        await Script.DisposeAsync();
        Script = new SipScript(mediaPorts, settings);
    }

    /// <summary>A call in progress: the caller's side and the callee's.</summary>
    internal (PhoneCall Caller, PhoneCall Callee) Answered(Phone caller, Phone callee, string? number = null)
    {
        var call = caller.Invites(number ?? callee.User);
        var ringing = callee.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return (call, ringing);
    }
}
