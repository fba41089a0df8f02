namespace Orleans.Concurrency;

/// <summary>Lets a method run beside other read-only ones.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
