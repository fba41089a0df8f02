namespace Orleans.Concurrency;

/// <summary>Sends a request without waiting for its outcome.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
