using Azure.Data.Tables;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>The rows of CDRs that are written together; valid until it is disposed.</summary>
internal sealed class CallRows : IDisposable
{
    private readonly JsonPages _json = new();
    private readonly List<ITableEntity> _rows = [];
    private TenantId _tenant;
    private long _day = long.MinValue;
    private string _dayPartition = "";
    private string _numbersPartition = "";

    public IReadOnlyList<ITableEntity> Rows => _rows;

    /// <summary>Adds a CDR: under its day, and a way to it under each of its two numbers.</summary>
    /// <param name="record">The CDR.</param>
    /// <param name="encoded">It as JSON, if that is known already.</param>
    /// <exception cref="ArgumentException">The call's id is no UUIDv7.</exception>
    public void Add(CallRecord record, EncodedRecord? encoded = null)
    {
        var call = record.Call;
        var start = CallKeys.FindStart(call.Id)
            ?? throw new ArgumentException($"The call id {call.Id:N} is no UUIDv7.", nameof(record));

        var key = CallKeys.Row(call.Id, start);
        FindPartitions(call.Tenant, start);
        _rows.Add(JsonColumns.ToRow<CallRecord>(_dayPartition, key, encoded?.Json ?? _json.Write(record, CallJson.Write)));
        if (call.Caller.Number.Length > 0)
            _rows.Add(new KeyRow(_numbersPartition, CallKeys.NumberPrefix(call.Caller.Number) + key));
        if (call.Callee.Number.Length > 0 && call.Callee.Number != call.Caller.Number)
            _rows.Add(new KeyRow(_numbersPartition, CallKeys.NumberPrefix(call.Callee.Number) + key));
    }

    public void Dispose() => _json.Dispose();

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
