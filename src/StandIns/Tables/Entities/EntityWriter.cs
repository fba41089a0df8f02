using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Writes entities, one after the other, as annotated JSON and keeps to the limits on the way.</summary>
internal sealed class EntityWriter : IDisposable
{
    private const string MomentFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";
    private const int BytesPerEntity = 4;
    private const int BytesPerProperty = 8;
    private const int BytesPerLength = 4;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>ASCII that JSON has as it is: nearly all keys are of nothing else.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter is not ('"' or '\\'))]);

    private readonly PooledBuffer _buffer = new(4096);
    private readonly PooledBuffer _start = new(256);
    private readonly Utf8JsonWriter _json;
    private string? _partition;
    private int _properties;
    private long _bytes;

    public EntityWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>Writes every column of an entity that has a value.</summary>
    public static ReadOnlyMemory<byte> WriteOne(ITableEntity entity)
    {
        TableLimits.CheckKeys(entity.PartitionKey, entity.RowKey);
        using var writer = new EntityWriter();
        return writer.Write(entity).ToArray();
    }

    /// <summary>Writes every column of an entity that has a value; its keys are checked already.</summary>
    /// <returns>The JSON, valid until the next entity is written.</returns>
    public ReadOnlyMemory<byte> Write(ITableEntity entity)
    {
        _buffer.Clear();
        (_properties, _bytes) = (0, BytesPerEntity);
        WriteKeys(entity.PartitionKey, entity.RowKey);
        WriteColumns(entity);
        TableLimits.CheckEntity(_bytes);
        return _buffer.WrittenMemory;
    }

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
        _start.Dispose();
    }

    public void Write(string name, string value)
    {
        Count(name, value.Length * sizeof(char), BytesPerLength);
        _json.WriteString(name, value);
    }

    public void Write(string name, bool value)
    {
        Count(name, sizeof(bool));
        _json.WriteBoolean(name, value);
    }

    public void Write(string name, int value)
    {
        Count(name, sizeof(int));
        _json.WriteNumber(name, value);
    }

    public void Write(string name, long value)
    {
        Count(name, sizeof(long));
        Annotate(name, EdmTypes.Int64);
        _json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public void Write(string name, double value)
    {
        Count(name, sizeof(double));
        Annotate(name, EdmTypes.Double);
        // JSON has no number for these three; the service takes them as annotated strings.
        if (double.IsFinite(value))
            _json.WriteNumber(name, value);
        else
            _json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public void Write(string name, DateTimeOffset value)
    {
        Count(name, sizeof(long));
        TableLimits.CheckMoment(name, value);
        Annotate(name, EdmTypes.DateTime);
        _json.WriteString(name, value.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture));
    }

    public void Write(string name, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw new NotSupportedException(
                $"DateTime {value:O} of property '{name}' has a Kind of {value.Kind}; it must be UTC.");
        }

        Write(name, new DateTimeOffset(value));
    }

    public void Write(string name, Guid value)
    {
        Count(name, 16);
        Annotate(name, EdmTypes.Guid);
        _json.WriteString(name, value);
    }

    public void Write(string name, ReadOnlySpan<byte> value)
    {
        Count(name, value.Length, BytesPerLength);
        Annotate(name, EdmTypes.Binary);
        _json.WriteBase64String(name, value);
    }

    private static void AppendText(PooledBuffer target, string text) =>
        target.Append(text.AsSpan().ContainsAnyExcept(Plain) ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) : text);

    // Those of a transaction begin alike.
    private void WriteKeys(string partition, string row)
    {
        if (_partition != partition)
        {
            _partition = partition;
            _start.Clear();
            _start.Append("{\"PartitionKey\":\""u8);
            AppendText(_start, partition);
            _start.Append("\",\"RowKey\":\""u8);
        }

        _buffer.Append(_start.WrittenMemory.Span);
        AppendText(_buffer, row);
        _buffer.Append("\""u8);
        _bytes += (partition.Length + row.Length) * sizeof(char);
    }

    private void WriteColumns(ITableEntity entity)
    {
        if (entity is IDictionary<string, object?> columns)
        {
            foreach (var (name, value) in columns)
            {
                if (!ColumnNames.IsSystem(name) && value is not null)
                    EdmCodec.Of(value.GetType(), name).WriteObject(this, name, value);
            }
        }
        else
        {
            EntityShape.Of(entity.GetType()).Write(entity, this);
        }

        if (_properties > 0)
            _json.Flush();
        _buffer.Append("}"u8);
    }

    // The writer is not told of the object that the keys have begun: it writes what comes in it, with commas between.
    private void BeginColumns()
    {
        _buffer.Append(","u8);
        _json.Reset(_buffer);
    }

    private void Annotate(string name, string type)
    {
        Span<char> annotation = stackalloc char[TableLimits.MaxNameLength + ColumnNames.TypeSuffix.Length];
        name.CopyTo(annotation);
        ColumnNames.TypeSuffix.CopyTo(annotation[name.Length..]);
        _json.WriteString(annotation[..(name.Length + ColumnNames.TypeSuffix.Length)], type);
    }

    private void Count(string name, int valueBytes, int lengthBytes = 0)
    {
        TableLimits.CheckName(name);
        TableLimits.CheckValue(name, valueBytes);
        TableLimits.CheckCount(++_properties);
        if (_properties == 1)
            BeginColumns();
        _bytes += BytesPerProperty + (name.Length * sizeof(char)) + valueBytes + lengthBytes;
    }
}
