using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Testing;
using static TekSipCloud.Sip.Tests.Resolution.DnsText;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>Against servers that misbehave (RFC 5452, RFC 6891 §7, RFC 7766).</summary>
public sealed class DnsClientTests
{
    private const int Response = 0x8180;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly DnsQuestion Question = new("a.test", DnsRecordType.A);
    private static readonly byte[][] Good = [Record(Name("a.test"), 1, 60, [192, 0, 2, 1])];

    [Fact]
    public async Task An_answer_with_another_id_or_question_is_not_taken()
    {
        using var server = new ScriptedDns(query =>
        [
            Message(Response, Question("a.test", 1), [Record(Name("a.test"), 1, 60, [6, 6, 6, 6])], id: query.Id ^ 1),
            Message(Response, Question("b.test", 1), [Record(Name("a.test"), 1, 60, [6, 6, 6, 7])], id: query.Id),
            Message(0x0100, Question("a.test", 1), [Record(Name("a.test"), 1, 60, [6, 6, 6, 8])], id: query.Id),
            [1, 2, 3],
            Message(Response, Question("a.test", 1), Good, id: query.Id),
        ]);

        Assert.Equal("192.0.2.1", await Address(server.Address));
    }

    [Fact]
    public async Task Ids_and_ports_cannot_be_foreseen()
    {
        using var server = new ScriptedDns(query => [Message(Response, Question("a.test", 1), Good, id: query.Id)]);
        var client = Client(server.Address);

        for (var i = 0; i < 16; i++)
            await client.Lookup(Question, CancellationToken.None).WaitAsync(Soon);

        Assert.InRange(server.Queries.Select(q => q.Id).Distinct().Count(), 14, 16);
        Assert.InRange(server.Queries.Select(q => q.Port).Distinct().Count(), 12, 16);
    }

    [Fact]
    public async Task A_server_that_does_not_know_EDNS_is_asked_without()
    {
        using var server = new ScriptedDns(query => query.HasOpt
            ? [Message(Response | 1, [], [], id: query.Id)]
            : [Message(Response, Question("a.test", 1), Good, id: query.Id)]);

        Assert.Equal("192.0.2.1", await Address(server.Address));
        Assert.Equal([true, false], server.Queries.Select(q => q.HasOpt));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_server_that_refuses_hands_over_to_the_next_which_is_then_preferred(int code)
    {
        using var bad = new ScriptedDns(query => [Message(Response | code, Question("a.test", 1), [], id: query.Id)]);
        using var good = new ScriptedDns(query => [Message(Response, Question("a.test", 1), Good, id: query.Id)]);
        var client = Client($"{bad.Address},{good.Address}");

        Assert.Equal(DnsOutcome.Found, (await client.Lookup(Question, CancellationToken.None).WaitAsync(Soon)).Outcome);
        Assert.Equal(DnsOutcome.Found, (await client.Lookup(Question, CancellationToken.None).WaitAsync(Soon)).Outcome);
        Assert.Single(bad.Queries);
        Assert.Equal(2, good.Queries.Count);
    }

    [Fact]
    public async Task A_silent_server_hands_over_to_the_next()
    {
        using var silent = new ScriptedDns(_ => []);
        using var good = new ScriptedDns(query => [Message(Response, Question("a.test", 1), Good, id: query.Id)]);

        var answer = await Impatient($"{silent.Address},{good.Address}", attempts: 5).Lookup(Question, CancellationToken.None).WaitAsync(Soon);

        Assert.Equal(DnsOutcome.Found, answer.Outcome);
    }

    [Fact]
    public async Task When_nobody_answers_that_is_the_outcome()
    {
        using var silent = new ScriptedDns(_ => []);

        var answer = await Impatient(silent.Address, attempts: 3).Lookup(Question, CancellationToken.None).WaitAsync(Soon);

        Assert.Equal(DnsOutcome.NoAnswer, answer.Outcome);
        await Poll.UntilSeen("each attempt", () => silent.Queries.Count, count => count == 3, Soon);
    }

    [Fact]
    public async Task A_caller_that_gives_up_waits_no_longer()
    {
        using var silent = new ScriptedDns(_ => []);
        using var cancel = new CancellationTokenSource();
        var asked = Client(silent.Address).Lookup(Question, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_name_that_does_not_exist_holds_as_long_as_its_zone_says()
    {
        // RFC 2308 §5
        using var server = new ScriptedDns(query =>
            [Message(Response | 3, Question("a.test", 1), [], [Record(Name("test"), 6, 600, Soa(90))], id: query.Id)]);

        var answer = await Client(server.Address).Lookup(Question, CancellationToken.None).WaitAsync(Soon);

        Assert.Equal(new DnsAnswer(DnsOutcome.NoName, [], TimeSpan.FromSeconds(90)), answer);
    }

    private static WatchedFile<ResolvConf> System => new("/nonexistent", ResolvConf.Parse, new FakeClock());

    private static DnsClient Client(string servers) => New(new DnsOptions { Servers = servers, Timeout = Soon });

    private static DnsClient Impatient(string servers, int attempts) =>
        New(new DnsOptions { Servers = servers, Timeout = TimeSpan.FromMilliseconds(500), Attempts = attempts });

    private static DnsClient New(DnsOptions options) => new(options, System, TimeProvider.System, NullLogger<DnsClient>.Instance);

    private static async Task<string> Address(string servers)
    {
        var answer = await Client(servers).Lookup(Question, CancellationToken.None).WaitAsync(Soon);
        return Assert.IsType<AddressRecord>(Assert.Single(answer.Records)).Address.ToString();
    }
}
