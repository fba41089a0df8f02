namespace TekSipCloud.Storage.Rows;

/// <summary>A line of a tenant's audit trail.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What was done, e.g. <c>saved</c>.</param>
/// <param name="Subject">To what: its row key.</param>
public sealed record AuditEntry(DateTimeOffset At, string Action, string Subject);
