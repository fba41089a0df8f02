namespace Orleans.Concurrency;

/// <summary>Lets requests to a grain interleave at awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
