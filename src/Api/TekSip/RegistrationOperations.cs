using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 16 and 17.</summary>
internal sealed class RegistrationOperations(IGrainFactory grains, IRegistrationList registrations) : ITekSipOperations
{
    public string Path => "/registrations";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.ListRegistration] = List,
            [TekSipOperation.TerminateRegistration] = Terminate,
        };

    private async Task<object> List(TekSipCall call)
    {
        var all = await Gather(call);
        return all.SelectMany(aor => aor.Bindings.Select(binding => TekSipRegistration.From(aor.Username, binding))).ToArray();
    }

    private async Task<object> Terminate(TekSipCall call)
    {
        var username = call.Fields.Text("ExtensionId");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);
        if (username.Length == 0)
            return await TerminateAll(call);

        var result = await grains.Extension(call.Tenant, username).ClearBindings(contact: null);
        if (result.Problem is not { } problem)
            return call.Done($"Registration for {username} is cleared ");

        return problem.Kind == ProblemKind.NotFound ? call.Refuse($"There is no registration for {username}.") : call.Refuse(problem);
    }

    private async Task<object> TerminateAll(TekSipCall call)
    {
        foreach (var aor in await Gather(call))
            await grains.Extension(call.Tenant, aor.Username).ClearBindings(contact: null);

        return call.Done("Registrations are cleared");
    }

    private Task<List<RegisteredAor>> Gather(TekSipCall call) =>
        TekSipPages.Gather(page => registrations.List(call.Tenant, page, call.Cancel));
}
