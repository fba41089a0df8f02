namespace Orleans.Runtime;

/// <summary>The identity of one activation of a grain.</summary>
public readonly struct ActivationId : IEquatable<ActivationId>
{
    private readonly Guid _value;

    public ActivationId(Guid key) => _value = key;

    public bool IsDefault => _value == Guid.Empty;

    public static ActivationId NewId() => new(Guid.NewGuid());

    public bool Equals(ActivationId other) => _value.Equals(other._value);

    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    public override string ToString() => $"@{_value:N}";

    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
