using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 13 to 15.</summary>
internal sealed class ExtensionOperations(IGrainFactory grains, IExtensionList extensions) : ITekSipOperations
{
    // Manual, TekSIP Messages.
    private const string IllegalEntry = "Invalid endpoint information or illegal character detected in entries.";
    private const string OntoItself = "You cannot redirect an endpoint to itself.";

    public string Path => "/extensions";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.AddExtension] = Add,
            [TekSipOperation.RemoveExtension] = Remove,
            [TekSipOperation.ListExtension] = List,
        };

    private async Task<object> Add(TekSipCall call)
    {
        var username = call.Fields.Demand("Username");
        var password = call.Fields.Text("Password");
        if (call.Fields.Fault is { } missing)
            return call.Refuse(missing);

        var grain = grains.Extension(call.Tenant, username);
        var current = await grain.Get();
        var extension = TekSipExtension.Read(call.Fields, username, current.Value?.Value);
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);
        if (extension.Redirection == username)
            return call.Refuse(OntoItself);
        if (password.Contains(';', StringComparison.Ordinal))
            return call.Refuse(IllegalEntry);

        var result = await grain.Save(extension, password, WriteCondition.None);
        if (result.Problem is not { } problem)
            return call.Done($"'{username}' added.{DescribeRedirection(extension.Redirection)}");

        return problem.Kind == ProblemKind.Invalid
            ? call.Refuse($"{IllegalEntry} {call.Refuse(problem).Message}")
            : call.Refuse(problem);
    }

    private async Task<object> Remove(TekSipCall call)
    {
        var username = call.Fields.Demand("ExtensionId");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        var result = await grains.Extension(call.Tenant, username).Delete(WriteCondition.None);
        if (result.Problem is not { } problem)
            return call.Done($"Extension '{username}' is deleted");

        return problem.Kind == ProblemKind.NotFound ? call.Refuse(NoSuchExtension(username)) : call.Refuse(problem);
    }

    private async Task<object> List(TekSipCall call)
    {
        var username = call.Fields.Text("ExtensionId");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        if (username.Length == 0)
        {
            var all = await TekSipPages.Gather(page => extensions.List(call.Tenant, page, call.Cancel));
            return all.Select(extension => extension.Value.Username).ToArray();
        }

        var found = await grains.Extension(call.Tenant, username).Get();
        return found.IsSuccess ? TekSipExtension.From(found.Value.Value) : call.Refuse(NoSuchExtension(username));
    }

    private static string DescribeRedirection(string redirection) => redirection switch
    {
        "" => "",
        Extension.VoiceMail => " Calls will be redirected to voice mail when it's off-line.",
        _ => $" Calls will be redirected to '{redirection}' when it's off-line.",
    };

    private static string NoSuchExtension(string username) => $"Extension '{username}' does not exist.";
}
