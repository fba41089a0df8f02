using TekSipCloud.Conformance.Tests.Torture;

namespace TekSipCloud.Conformance.Tests;

/// <summary>RFC 4475: each message is sent to the running product over TCP and UDP, and becomes what the RFC prescribes.</summary>
public sealed class Rfc4475Tests(TortureRig rig)
{
    public static TheoryData<string> Messages => [.. Rfc4475.Cases.Select(@case => @case.Name)];

    // TCP first: there a transaction ends with its ACK, while over UDP it lingers (Timer I) and the same request again would be a merged one.
    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_becomes_what_the_RFC_prescribes_over_TCP_and_UDP(string name)
    {
        var @case = Rfc4475.Cases.Single(c => c.Name == name);
        await new TortureRun(rig, @case, "TCP").Run();
        await new TortureRun(rig, @case, "UDP").Run();
    }

    [Fact]
    public void Every_message_of_the_RFC_is_in_the_table()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", "Rfc4475")).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(49, Rfc4475.Cases.Length);
        Assert.Equal(files.Order(StringComparer.Ordinal), Rfc4475.Cases.Select(c => c.Name).Order(StringComparer.Ordinal));
    }
}
