using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>A test with somebody who may call outside.</summary>
public abstract class TrunkTest : GatewayTest
{
    internal Phone Caller()
    {
        Script.AddExtension("101", e => e with { AllowExternalCalls = true });
        return Script.Registered("101");
    }

    /// <summary>The decision log in the record of the call that ended last.</summary>
    internal async Task<string> Recorded()
    {
        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10));
        return string.Join('\n', Script.Grains.Book.Calls[^1][^1].End!.Decisions.Select(decision => decision.Text));
    }

    /// <summary>Whoever has the call takes it, and it ends like any other.</summary>
    internal static void Connects(PhoneCall call, PhoneCall taken)
    {
        taken.Answers();
        taken.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        taken.GetsBye();
    }
}
