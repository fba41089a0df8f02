using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>What holds for every value, not only for those that somebody thought of.</summary>
public sealed class EntityPropertyTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int Size = 60;
    private const int Rows = 100;

    // Half a surrogate pair is no text: UTF-8 has no form for it.
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<UnicodeString>()
        .Select(text => text.Get ?? "")
        .Where(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text);

    private static readonly Gen<object> Value = Gen.OneOf(
        Text.Select(Box),
        ArbMap.Default.GeneratorFor<bool>().Select(Box),
        ArbMap.Default.GeneratorFor<int>().Select(Box),
        ArbMap.Default.GeneratorFor<long>().Select(Box),
        ArbMap.Default.GeneratorFor<double>().Select(Box),
        ArbMap.Default.GeneratorFor<Guid>().Select(Box),
        ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes is not null).Select(Box),
        ArbMap.Default.GeneratorFor<DateTimeOffset>().Where(moment => moment.UtcDateTime.Year > 1600).Select(m => Box(m.ToUniversalTime())));

    [Fact]
    public void A_text_never_ends_its_own_literal() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        var filter = TableClient.CreateQueryFilter($"A eq {text} and B eq {1}");

        var literal = filter["A eq ".Length..^" and B eq 1".Length];
        return literal[0] == '\'' && literal[^1] == '\'' && Unquote(literal) == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Every_value_is_read_as_it_was_written()
    {
        var values = Value.Sample(Size, Rows).ToArray();

        await Table.SubmitTransactionAsync(values.Select((value, i) => Add($"r{i:D3}", value)));

        var read = await Table.QueryAsync<TableEntity>().Select(entity => entity["Value"]).ToListAsync();
        Assert.Equal(values, read);
    }

    [Fact]
    public async Task Every_text_finds_the_rows_that_hold_it()
    {
        var texts = Text.Sample(Size, Rows).ToArray();
        await Table.SubmitTransactionAsync(texts.Select((text, i) => Add($"r{i:D3}", text)));

        foreach (var text in texts.Distinct().Take(25))
        {
            var found = await Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Value eq {text}"))
                .Select(entity => entity.GetString("Value")).ToListAsync();
            Assert.Equal(texts.Where(t => t == text), found);
        }
    }

    [Fact]
    public void A_key_is_one_part_of_the_address_whatever_it_holds()
    {
        var network = new RecordingHandler();
        var options = new TableClientOptions { Transport = new HttpClientTransport(network) };
        var credential = new TableSharedKeyCredential("example", "c2VjcmV0");
        var table = new TableClient(new Uri("https://example.table.core.windows.net"), "Config", credential, options);

        Prop.ForAll(Text.Where(IsKey).ToArbitrary(), key =>
        {
            network.Requests.Clear();
            table.DeleteEntityAsync(key, "r").WaitAsync(Patience).GetAwaiter().GetResult();

            var uri = network.Requests[0].RequestUri!;
            var path = Uri.UnescapeDataString(uri.AbsolutePath);
            return uri.Query.Length == 0 && path == $"/Config(PartitionKey='{key.Replace("'", "''", StringComparison.Ordinal)}',RowKey='r')";
        }).QuickCheckThrowOnFailure();
    }

    private static bool IsKey(string text) => !text.Any(c => char.IsControl(c) || c is '/' or '\\' or '#' or '?');

    private static object Box<T>(T value)
        where T : notnull => value;

    private static string Unquote(string literal) => literal[1..^1].Replace("''", "'", StringComparison.Ordinal);

    private static TableTransactionAction Add(string row, object value) =>
        new(TableTransactionActionType.Add, new TableEntity("p", row) { ["Value"] = value });
}
