namespace Orleans;

/// <summary>Exempts a grain class from collection by age.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;
