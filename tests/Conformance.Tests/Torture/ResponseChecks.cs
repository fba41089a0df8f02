namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>What every response must be like, whatever its code (RFC 3261 §8.2.6.2, §18.2.1).</summary>
internal static class ResponseChecks
{
    public static void AssertAnswers(WireMessage request, WireMessage answer, string source)
    {
        AssertVias(request.Vias, answer.Vias, source);
        foreach (var name in (string[])["From", "Call-ID", "CSeq"])
            Assert.Equal(request.Header(name), answer.Header(name));

        // A tag is added to a To that can be read.
        Assert.StartsWith(request.Header("To"), answer.Header("To"), StringComparison.Ordinal);
        if (answer.Status != 400)
            Assert.NotEmpty(answer.Tag("To"));
        if (request.Tag("To").Length > 0)
            Assert.Equal(request.Header("To"), answer.Header("To"));

        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.DoesNotContain(answer.Text.Replace("\r\n", "", StringComparison.Ordinal), character => character is '\r' or '\n');
    }

    private static void AssertVias(string[] sent, string[] returned, string source)
    {
        Assert.Equal(sent.Skip(1), returned.Skip(1));
        var (top, back) = (sent[0], returned[0]);
        Assert.Equal(top.Split(';')[0], back.Split(';')[0]);
        Assert.Equal(Branch(top), Branch(back));
        // RFC 3261 §18.2.1: the sender of these messages is never where its sent-by says.
        if (!back.EndsWith(";;", StringComparison.Ordinal))
            Assert.Contains($";received={source}", back, StringComparison.Ordinal);
    }

    private static string Branch(string via) => via.Split(';').FirstOrDefault(p => p.StartsWith("branch=", StringComparison.Ordinal)) ?? "";
}
