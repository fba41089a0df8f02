using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.TekSip;

/// <summary>An authenticated request to run an operation.</summary>
/// <param name="Tenant">Whose API password it gave.</param>
/// <param name="Operation">What to do.</param>
/// <param name="Fields">With what.</param>
/// <param name="Cancel">The caller hung up.</param>
internal sealed record TekSipCall(TenantId Tenant, TekSipOperation Operation, TekSipFields Fields, CancellationToken Cancel)
{
    public TekSipAnswer Done(string message) => TekSipAnswer.Done(Operation, message);

    public TekSipAnswer Refuse(string message) => TekSipAnswer.Refused(Operation, message);

    /// <summary>A refusal by the domain, told with its fields where there are some.</summary>
    public TekSipAnswer Refuse(Problem problem) => Refuse(problem.Fields.IsEmpty
        ? problem.Detail
        : string.Join(' ', problem.Fields.Select(field => $"{field.Field}: {field.Detail}")));
}
