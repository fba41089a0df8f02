namespace Orleans.Runtime;

/// <summary>One half of a grain id.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    [Id(0)]
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    public bool IsDefault => string.IsNullOrEmpty(_value);

    public static IdSpan Create(string id) => new(id);

    public bool Equals(IdSpan other) => string.Equals(_value, other._value);

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? string.Empty;

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
