namespace TekSipCloud.Api.TekSip;

/// <summary>The operations on one kind of thing.</summary>
internal interface ITekSipOperations
{
    /// <summary>The path they are posted to, e.g. <c>/routing</c>.</summary>
    string Path { get; }

    /// <summary>What to run for which operation. The object returned is written as the answer's JSON.</summary>
    IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations { get; }
}
