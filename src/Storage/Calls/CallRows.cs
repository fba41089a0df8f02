using System.Text.Json;
using Azure.Data.Tables;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>The rows of CDRs that are written together; valid until it is disposed.</summary>
internal sealed class CallRows : IDisposable
{
    private readonly JsonPages _json = new();
    private readonly List<TableEntity> _rows = [];
    private readonly Action<Utf8JsonWriter, CallRecord> _write;
    private int _listedBytes;
    private TenantId _tenant;
    private long _day = long.MinValue;
    private string _dayPartition = "";
    private string _numbersPartition = "";

    public CallRows() => _write = Write;

    public IReadOnlyList<TableEntity> Rows => _rows;

    /// <summary>Adds a CDR: whole under its day, and without decisions under each of its two numbers.</summary>
    /// <exception cref="ArgumentException">The call's id is no UUIDv7.</exception>
    public void Add(CallRecord record)
    {
        var call = record.Call;
        var start = CallKeys.FindStart(call.Id)
            ?? throw new ArgumentException($"The call id {call.Id:N} is no UUIDv7.", nameof(record));

        var key = CallKeys.Row(call.Id, start);
        FindPartitions(call.Tenant, start);
        var whole = _json.Write(record, _write);
        Add(_dayPartition, key, whole);

        var listed = _json.Close(whole.Span[.._listedBytes]);
        if (call.Caller.Number.Length > 0)
            Add(_numbersPartition, CallKeys.NumberPrefix(call.Caller.Number) + key, listed);
        if (call.Callee.Number.Length > 0 && call.Callee.Number != call.Caller.Number)
            Add(_numbersPartition, CallKeys.NumberPrefix(call.Callee.Number) + key, listed);
    }

    public void Dispose() => _json.Dispose();

    private void Add(string partition, string key, ReadOnlyMemory<byte> json)
    {
        var row = new TableEntity(partition, key);
        JsonColumns.WriteSerialized<CallRecord>(row, json);
        _rows.Add(row);
    }

    private void Write(Utf8JsonWriter json, CallRecord record)
    {
        CallJson.WriteListed(json, record);
        _listedBytes = (int)json.BytesCommitted + json.BytesPending;
        CallJson.WriteDecisions(json, record);
    }

    // Most calls of a moment are of one tenant, nearly all of one day.
    private void FindPartitions(TenantId tenant, long start)
    {
        const long dayMilliseconds = 24 * 60 * 60 * 1000;
        var day = start / dayMilliseconds;
        if (_day == day && _tenant == tenant)
            return;

        (_tenant, _day) = (tenant, day);
        _dayPartition = CallKeys.DayPartition(tenant, start);
        _numbersPartition = CallKeys.NumbersPartition(tenant);
    }
}
