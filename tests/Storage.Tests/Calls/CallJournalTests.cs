using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Calls;

public sealed class CallJournalTests : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), AzuriteFixture.UniqueName("journal"));
    private readonly CallJournal _journal;

    public CallJournalTests() => _journal = Open();

    public void Dispose()
    {
        _journal.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public void The_next_start_finds_the_last_report_of_each_call()
    {
        var (ended, open) = (NewCall(), NewCall());
        _journal.Append([Report(ended), Report(open)]);
        _journal.Append([Report(ended, Samples.Record(ended))]);

        var left = Open().ReadLeft();

        Assert.Equal([open.Id], left.Where(report => report.End is null).Select(report => report.Call.Id));
        Assert.Equal(Samples.Record(ended).Decisions, Assert.Single(left, report => report.End is not null).End!.Decisions);
    }

    [Fact]
    public void A_file_is_deleted_with_the_last_report_that_is_needed()
    {
        var segment = _journal.Append([Report(NewCall()), Report(NewCall())]);
        _journal.Release(segment);
        Assert.Single(Files);

        _journal.Release(segment);

        Assert.Empty(Files);
    }

    [Fact]
    public void Large_journals_are_several_files_so_that_space_comes_back_soon()
    {
        CallReport[] reports = [.. Enumerable.Range(0, 2_000).Select(_ => Report(NewCall()))];
        var segments = Enumerable.Range(0, 20).Select(_ => _journal.Append(reports)).ToArray();
        Assert.InRange(segments.Distinct().Count(), 2, 20);

        foreach (var _ in reports)
            _journal.Release(segments[0]);

        Assert.Equal(segments.Count(segment => segment == segments[0]) > 1, File.Exists(FileOf(segments[0])));
    }

    [Fact]
    public void A_line_that_a_crash_left_incomplete_costs_no_other()
    {
        var call = NewCall();
        var segment = _journal.Append([Report(call)]);
        _journal.Dispose();
        File.AppendAllText(FileOf(segment), "{\"Call\":{\"Id\":\"");

        Assert.Equal(call, Assert.Single(Open().ReadLeft()).Call);
    }

    [Fact]
    public void What_another_version_wrote_with_the_call_beside_its_CDR_is_read()
    {
        var record = Samples.Record(NewCall());
        var segment = _journal.Append([Report(NewCall())]);
        _journal.Dispose();
        File.WriteAllText(FileOf(segment), JsonSerializer.Serialize(Report(record.Call, record), JsonColumns.Format) + "\n");

        Assert.Equal(record.Call, Assert.Single(Open().ReadLeft(), report => report.End is not null).Call);
    }

    [Fact]
    public void A_CDR_is_encoded_once_for_the_journal_and_for_storage()
    {
        CallReport[] reports = [.. Enumerable.Range(0, 500).Select(_ => NewCall()).Select(call => Report(call, Samples.Record(call)))];

        _journal.Append(reports);

        Assert.All(reports, report => Assert.Equal(
            JsonSerializer.SerializeToUtf8Bytes(report.End, JsonColumns.Format), report.Encoded!.Json.ToArray()));
        Assert.Equal(reports.Select(report => report.Call), Open().ReadLeft().Select(report => report.Call));
    }

    [Fact]
    public void Nothing_is_kept_encoded_behind_what_storage_needs_soon()
    {
        CallReport[] reports = [.. Enumerable.Range(0, 2_000).Select(_ => NewCall()).Select(call => Report(call, Samples.Record(call)))];
        while (Files.Length <= 5)
            _journal.Append(reports);
        var late = Report(NewCall(), Samples.Record(NewCall()));

        _journal.Append([late]);

        Assert.Null(late.Encoded);
        Assert.Contains(Open().ReadLeft(), report => report.Call == late.End!.Call);
    }

    [Fact]
    public void What_was_left_goes_when_the_books_have_it_and_what_came_since_stays()
    {
        _journal.Append([Report(NewCall())]);
        using var next = Open();
        var since = NewCall();
        next.Append([Report(since)]);

        next.DeleteLeft();

        Assert.Equal(since, Assert.Single(Open().ReadLeft()).Call);
    }

    [Fact]
    public void Nobody_else_on_the_machine_can_read_it()
    {
        if (OperatingSystem.IsWindows())
            return;

        var segment = _journal.Append([Report(NewCall())]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileOf(segment)));
    }

    private string[] Files => Directory.Exists(Path.Combine(_data, "journal")) ? Directory.GetFiles(Path.Combine(_data, "journal")) : [];

    private string FileOf(long segment) => Path.Combine(_data, "journal", $"calls-{segment:D16}.jsonl");

    private CallJournal Open() =>
        new(Options.Create(new StorageOptions { DataFolder = _data }), NullLogger<CallJournal>.Instance);

    private static CallSummary NewCall() => Samples.Call(new("journal"), Samples.Noon);

    private static CallReport Report(CallSummary call, CallRecord? end = null) => new(call, end, false);
}
