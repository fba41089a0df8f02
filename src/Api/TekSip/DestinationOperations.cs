using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 1 to 3.</summary>
internal sealed class DestinationOperations(IGrainFactory grains) : ITekSipOperations
{
    public string Path => "/routing";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.AddDestination] = Add,
            [TekSipOperation.RemoveDestination] = Remove,
            [TekSipOperation.ListDestination] = List,
        };

    private async Task<object> Add(TekSipCall call)
    {
        var destination = TekSipDestination.Read(call.Fields);
        var password = call.Fields.Text("Password");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        // What this API has no words for stays as it is.
        var known = (await grains.DialPlan(call.Tenant).ListDestinations()).FirstOrDefault(d => d.Value.Name == destination.Name)?.Value;
        if (known is not null)
        {
            destination = destination with
            {
                TlsAuthorities = known.TlsAuthorities,
                TlsWildcards = known.TlsWildcards,
                SrtpSuites = known.SrtpSuites,
                Trusted = known.Trusted,
                MediaEncryption = (destination.MediaEncryption, known.MediaEncryption) switch
                {
                    (MediaEncryption.Off, MediaEncryption.Preferred) => MediaEncryption.Preferred,
                    (MediaEncryption.Required, MediaEncryption.Dtls) => MediaEncryption.Dtls,
                    var (said, _) => said,
                },
            };
        }

        var result = await grains.DialPlan(call.Tenant).SaveDestination(destination, password, WriteCondition.None);
        return result.Problem is { } problem ? call.Refuse(problem) : call.Done("Destination is added");
    }

    private async Task<object> Remove(TekSipCall call)
    {
        var name = call.Fields.Demand("Name");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        var result = await grains.DialPlan(call.Tenant).DeleteDestination(name, WriteCondition.None);
        if (result.Problem is not { } problem)
            return call.Done($"Destination entry '{name}' is deleted.");

        return problem.Kind == ProblemKind.NotFound ? call.Refuse(NoSuchDestination) : call.Refuse(problem);
    }

    private async Task<object> List(TekSipCall call)
    {
        var all = await grains.DialPlan(call.Tenant).ListDestinations();
        var name = call.Fields.Text("Name");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);
        if (name.Length == 0)
            return all.Select(destination => destination.Value.Name).ToArray();

        return all.FirstOrDefault(destination => destination.Value.Name == name) is { } found
            ? TekSipDestination.From(found.Value)
            : call.Refuse(NoSuchDestination);
    }

    private const string NoSuchDestination = "Specified destination does not exist.";
}
