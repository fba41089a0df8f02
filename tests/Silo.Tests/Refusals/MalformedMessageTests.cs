using System.Text;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>Messages that are not as RFC 3261 wants them, after RFC 4475: each gets its answer, and the host goes on.</summary>
public sealed class MalformedMessageTests(HostFixture fixture)
{
    public static TheoryData<string, string, int> Malformed => new()
    {
        { "§3.1.2.3 negative Content-Length", Options("Content-Length: -999"), 400 },
        { "§3.1.2.4 scalar fields with overlarge values", Options("CSeq: 36893488147419103232 OPTIONS"), 400 },
        { "§3.1.2.6 unterminated quoted string", Options("To: \"Mr. J. User <sip:j.user@example.com>"), 400 },
        { "§3.1.2.7 <> enclosed Request-URI", Options("").Replace("OPTIONS sip:rig.test", "OPTIONS <sip:rig.test>", StringComparison.Ordinal), 400 },
        { "§3.1.2.16 unknown protocol version", Options("").Replace("SIP/2.0\n", "SIP/7.0\n", StringComparison.Ordinal), 505 },
        { "§3.1.2.17 start line and CSeq method mismatch", Options("CSeq: 1 INVITE"), 400 },
        { "§3.3.2 Request-URI with unknown scheme", Options("").Replace("sip:rig.test SIP", "nobodyKnowsThisScheme:totallyopaquecontent SIP", StringComparison.Ordinal), 416 },
        { "§3.3.5 unknown Proxy-Require", Options("Proxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis"), 420 },
        { "§3.3.8 multiple values in single-value fields", Options("CSeq: 59 OPTIONS\nCSeq: 60 OPTIONS"), 400 },
        { "§3.3.9 multiple Content-Length values", Options("Content-Length: 13\nContent-Length: 5"), 400 },
        { "header smuggled by a space before the colon and a control character", Options("X-Odd\u0001 : a"), 400 },
        { "a line of 10,000 octets", Options($"X-Long: {new string('x', 10_000)}"), 513 },
        { "RFC 3261 §8.1.1.6 no hops left", Options("Max-Forwards: 0").Replace("OPTIONS", "REGISTER", StringComparison.Ordinal), 483 },
        { "an unknown method", Options("").Replace("OPTIONS", "NEWMETHOD", StringComparison.Ordinal), 405 },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_request_is_answered_by_udp_and_tcp(string section, string request, int status)
    {
        foreach (var transport in (string[])["UDP", "TCP"])
        {
            await using var client = await SipClient.Connect(transport, fixture.Host.Ports.Sip);
            var answer = await client.Ask(request.Replace("{via}", client.Via(), StringComparison.Ordinal));
            Assert.True(answer.Status == status, $"{section} by {transport}: {answer.Text}");
        }
    }

    /// <summary>The messages of RFC 4475 as they stand, most of which name addresses that are not ours: whatever comes of them, others are served.</summary>
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task After_every_torture_message_others_are_served(string transport)
    {
        foreach (var file in Directory.GetFiles(RepositoryRoot.Combine("tests", "Sip.Tests", "Corpus", "Rfc4475")))
        {
            await using var client = await SipClient.Connect(transport, fixture.Host.Ports.Sip);
            await client.Send(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        }

        await AssertServes(transport);
    }

    /// <summary>A stream whose message's end can't be known is closed after the answer.</summary>
    [Theory]
    [InlineData("Content-Length: 4294967297", 413)]
    [InlineData("Content-Length: nonsense", 400)]
    public async Task A_stream_with_a_bad_length_is_answered_and_closed(string header, int status)
    {
        await using var client = await SipClient.Connect("TCP", fixture.Host.Ports.Sip);
        var answer = await client.Ask(Options(header).Replace("{via}", client.Via(), StringComparison.Ordinal));
        Assert.Equal(status, answer.Status);
        await client.AwaitClose();
        await AssertServes("TCP");
    }

    [Fact]
    public async Task A_header_without_an_end_closes_the_stream()
    {
        await using var client = await SipClient.Connect("TCP", fixture.Host.Ports.Sip);
        try
        {
            await client.Send("OPTIONS sip:rig.test SIP/2.0\r\nX-Long: ");
            for (var i = 0; i < 200; i++)
                await client.Send(Encoding.ASCII.GetBytes(new string('x', 1024)));
        }
        catch (IOException)
        {
            // Closed already.
        }

        await client.AwaitClose();
        await AssertServes("TCP");
    }

    [Fact]
    public async Task Noise_is_survived()
    {
        var random = new Random(4475);
        await using var udp = await SipClient.Connect("UDP", fixture.Host.Ports.Sip);
        for (var i = 0; i < 500; i++)
        {
            var noise = new byte[random.Next(1, 1400)];
            random.NextBytes(noise);
            await udp.Send(noise);
        }

        await AssertServes("UDP");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await fixture.Host.Rest.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task AssertServes(string transport)
    {
        await using var client = await SipClient.Connect(transport, fixture.Host.Ports.Sip);
        var answer = await client.Ask(Options("").Replace("{via}", client.Via(), StringComparison.Ordinal));
        Assert.Equal(200, answer.Status);
    }

    /// <summary>A right request in which one header is replaced, or added when there is none of its name.</summary>
    private static string Options(string odd)
    {
        string[] headers =
        [
            "{via}", "Max-Forwards: 70", "From: <sip:a@rig.test>;tag=1", "To: <sip:rig.test>", "Call-ID: malformed", "CSeq: 1 OPTIONS",
            "Content-Length: 0",
        ];
        var name = odd.Split(':')[0];
        var kept = headers.Where(h => name.Length == 0 || !h.StartsWith($"{name}:", StringComparison.Ordinal));
        string[] lines = ["OPTIONS sip:rig.test SIP/2.0", .. kept, .. odd.Length > 0 ? odd.Split('\n') : []];
        return string.Join('\n', lines) + "\n\n";
    }
}
