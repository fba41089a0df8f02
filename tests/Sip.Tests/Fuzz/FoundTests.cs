using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>What fuzzing once found, kept under Corpus/Found.</summary>
public sealed class FoundTests
{
    public static TheoryData<string> Cases => [.. FuzzCorpus.ListFound("message"), .. FuzzCorpus.ListFound("stream"), .. FuzzCorpus.ListFound("websocket")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_once_failed_stays_mended(string name)
    {
        var bytes = FuzzCorpus.ReadFound(name);
        if (name.StartsWith("stream-", StringComparison.Ordinal))
            StreamChecks.Check(bytes);
        else if (name.StartsWith("websocket-", StringComparison.Ordinal))
            WebSocketChecks.Check(bytes);
        else
            new MessageChecks().Check(bytes);
    }
}
