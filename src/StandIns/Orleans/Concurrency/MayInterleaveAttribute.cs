namespace Orleans.Concurrency;

/// <summary>Names the grain's predicate <c>bool Name(IInvokable)</c> that decides which requests interleave.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}
