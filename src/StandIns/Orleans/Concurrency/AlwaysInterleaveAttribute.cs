namespace Orleans.Concurrency;

/// <summary>Lets a method run beside any other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
