using System.Collections.Concurrent;

namespace Azure.Data.Tables;

/// <summary>Writes and reads the columns of one .NET type.</summary>
internal abstract class EdmCodec
{
    private static readonly Dictionary<Type, EdmCodec> BuiltIn = new EdmCodec[]
    {
        new EdmCodec<string?>((w, name, v) => w.Write(name, v!), v => v.AsString()),
        new EdmCodec<byte[]?>((w, name, v) => w.Write(name, v), v => v.AsBinary()),
        new EdmCodec<BinaryData?>((w, name, v) => w.Write(name, v!.ToMemory().Span), v => new BinaryData(v.AsBinary())),
        new EdmCodec<bool>((w, name, v) => w.Write(name, v), v => v.AsBoolean()),
        new EdmCodec<int>((w, name, v) => w.Write(name, v), v => v.AsInt32()),
        new EdmCodec<long>((w, name, v) => w.Write(name, v), v => v.AsInt64()),
        new EdmCodec<double>((w, name, v) => w.Write(name, v), v => v.AsDouble()),
        new EdmCodec<DateTime>((w, name, v) => w.Write(name, v), v => v.AsDateTime()),
        new EdmCodec<DateTimeOffset>((w, name, v) => w.Write(name, v), v => v.AsDateTimeOffset()),
        new EdmCodec<Guid>((w, name, v) => w.Write(name, v), v => v.AsGuid()),
    }.ToDictionary(codec => codec.Type);

    private static readonly ConcurrentDictionary<Type, EdmCodec?> Made = new(BuiltIn!);

    public abstract Type Type { get; }

    /// <summary>The codec of a type, or null when columns cannot hold it.</summary>
    public static EdmCodec? Find(Type type) => Made.GetOrAdd(type, Make);

    public static EdmCodec Of(Type type, string column) =>
        Find(type) ?? throw new NotSupportedException($"Column '{column}' cannot hold {type}.");

    public abstract void WriteObject(EntityWriter writer, string column, object value);

    private static EdmCodec? Make(Type type)
    {
        if (type.IsEnum)
            return (EdmCodec)Activator.CreateInstance(typeof(EnumCodec<>).MakeGenericType(type))!;

        return Nullable.GetUnderlyingType(type) is { } underlying && Find(underlying) is { } inner
            ? (EdmCodec)Activator.CreateInstance(typeof(NullableCodec<>).MakeGenericType(underlying), inner)!
            : null;
    }
}

/// <summary>A codec by its two directions; null values are never written.</summary>
internal class EdmCodec<T>(Action<EntityWriter, string, T> write, Func<EdmValue, T> read) : EdmCodec
{
    public override Type Type => typeof(T);

    public void Write(EntityWriter writer, string column, T value)
    {
        if (value is not null)
            write(writer, column, value);
    }

    public T Read(EdmValue value) => read(value);

    public override void WriteObject(EntityWriter writer, string column, object value) => Write(writer, column, (T)value);
}

/// <summary>Enumerations are stored by name.</summary>
internal sealed class EnumCodec<T>() : EdmCodec<T>(
    (writer, column, value) => writer.Write(column, value.ToString()),
    value => Enum.Parse<T>(value.AsString()!))
    where T : struct, Enum;

/// <summary>A missing value is a missing column.</summary>
internal sealed class NullableCodec<T>(EdmCodec<T> inner) : EdmCodec<T?>(
    (writer, column, value) => inner.Write(writer, column, value!.Value),
    value => inner.Read(value))
    where T : struct;
