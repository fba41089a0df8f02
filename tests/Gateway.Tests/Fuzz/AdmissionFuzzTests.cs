using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Gateway.Tests.Fuzz;

/// <summary>What strangers and carriers send, whatever it is: no fault, no more answers than questions, and in the end nothing is left of it.</summary>
public sealed class AdmissionFuzzTests
{
    [Fact]
    public async Task Messages_of_strangers_and_carriers_do_no_harm()
    {
        await using var target = new FuzzedGateway();
        await new FuzzRun("admission", 20_000).Check(new SipMutator(FuzzCorpus.ReadMessages()).Next, target.Take);
        await target.End();
    }
}
