namespace TekSipCloud.Contracts;

/// <summary>One field that is invalid.</summary>
/// <param name="Field">The member's name as in the record, e.g. <c>Username</c> or <c>Domains[1]</c>.</param>
/// <param name="Detail">What is wrong with it, and what would be right.</param>
[GenerateSerializer, Alias("field-problem")]
public sealed record FieldProblem([property: Id(0)] string Field, [property: Id(1)] string Detail);
