using System.Text;
using TekSipCloud.Conformance.Tests.Torture;
using TekSipCloud.Testing;

namespace TekSipCloud.Conformance.Tests;

/// <summary>docs/conformance.md is the table that the suites hold; <c>UPDATE_CONFORMANCE=1</c> writes it anew.</summary>
public sealed class ConformancePageTests
{
    private static readonly string Page = RepositoryRoot.Combine("docs", "conformance.md");

    [Fact]
    public async Task The_conformance_page_says_what_the_suites_hold()
    {
        var cancel = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable("UPDATE_CONFORMANCE") == "1")
            await File.WriteAllTextAsync(Page, Write(), cancel);

        Assert.Equal(Write(), await File.ReadAllTextAsync(Page, cancel));
    }

    private static string Write()
    {
        var text = new StringBuilder("""
            # Conformance: torture messages

            Every message of RFC 4475 and RFC 5118 is sent to the running product over UDP and over TCP; this is what becomes of each, and
            `Rfc4475Tests` and `Rfc5118Tests` fail when something else does. After each message the server must answer an OPTIONS. Of an
            answer they also check Via with `received`, From, To with its tag, Call-ID, CSeq and Content-Length (RFC 3261 §8.2.6, §18.2.1).
            This page is written by `UPDATE_CONFORMANCE=1 ./test --only Conformance.Tests` and compared by every run.

            | What it says | What it means |
            |---|---|
            | a code | the final answer |
            | a code, closed | and a stream is closed after it, because nobody knows where the next message begins |
            | called: 486 | the INVITE comes from a carrier's address and reaches the called phone, whose refusal comes back |
            | 401, then a code | a REGISTER is challenged; the answer when it comes again with credentials |
            | next | on a stream the octets after the message are a request of its own, answered with this code |
            | dropped | nothing comes back, and no state is left |
            | waits, closed | a stream waits for the octets that were promised, until `Sip:Limits:MessageTimeout` |


            """.ReplaceLineEndings("\n"));
        Write(text, "RFC 4475, SIP torture test messages", Rfc4475.Cases);
        Write(text, "RFC 5118, SIP torture test messages for IPv6", Rfc5118.Cases);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(StringBuilder text, string title, TortureCase[] cases)
    {
        text.Append("## ").Append(title).Append("\n\n| Section | Message | UDP | TCP | Why |\n|---|---|---|---|---|\n");
        foreach (var row in cases)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Section} | {row.Name} | {row.Udp} | {row.On("TCP")} | {row.Because} |\n");
        text.Append('\n');
    }
}
