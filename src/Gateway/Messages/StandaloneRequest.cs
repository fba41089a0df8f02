using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Messages;

/// <summary>
/// A MESSAGE (RFC 3428) or OPTIONS (RFC 3261 §11) out of calls for an extension: finds its devices, and gives back what they answer.
/// </summary>
internal sealed partial class StandaloneRequest
{
    private readonly ServerTransaction _transaction;
    private readonly AdmittedRequest _admitted;

    private StandaloneRequest(LoopGateway gateway, ServerTransaction transaction, AdmittedRequest admitted, CallerIdentity sender)
    {
        Gateway = gateway;
        _transaction = transaction;
        _admitted = admitted;
        Sender = sender;
        _ = transaction.Request.TryGetRequestUri(out var uri, out _);
        Number = CallSummaries.User(uri);
        Domain = admitted.Tenant.FindDomain(uri.Host.Trim("[]"u8)).Name;
    }

    public LoopGateway Gateway { get; }

    /// <summary>The sender's own.</summary>
    public SipMessage Received => _transaction.Request;

    public TenantView Tenant => _admitted.Tenant;

    /// <summary>As whom it is sent on.</summary>
    public CallerIdentity Sender { get; }

    /// <summary>The extension it is for.</summary>
    public string Number { get; }

    /// <summary>The tenant's domain that it names.</summary>
    public string Domain { get; }

    public static void Begin(LoopGateway gateway, ServerTransaction transaction, AdmittedRequest admitted)
    {
        if (WhyNot(transaction.Request, admitted.Requester.Extension!, out var sender) is not 0 and var refusal)
        {
            gateway.Reply(transaction, refusal);
            return;
        }

        var request = new StandaloneRequest(gateway, transaction, admitted, sender);
        if (request.Number.Length == 0)
            request.Reply(404);
        else if (!gateway.Loop.Run(request.Route))
            request.Reply(503);
    }

    /// <summary>Answers the sender.</summary>
    public void Reply(int status) => Gateway.Reply(
        _transaction, status, status == 503 ? static writer => writer.Header(SipHeaderName.RetryAfter, LoopGateway.RetryAfterSeconds) : null);

    /// <summary>Answers the sender as a device did, with the headers that pass.</summary>
    public void PassBack(SipMessage response)
    {
        Gateway.StartReply(_transaction, response.StatusCode);
        DialogHeaders.CopyResponse(Gateway.Writer, Received.Method, response);
        _transaction.Respond(response.StatusCode, Gateway.Writer.Written);
    }

    /// <summary>As whom an extension sends: the same rules as for its calls (RFC 3323 §5, RFC 3325 §5).</summary>
    /// <returns>The code to refuse with; 0 for none.</returns>
    private static int WhyNot(SipMessage request, Extension extension, out CallerIdentity sender)
    {
        sender = default;
        var wish = PrivacyWish.Read(request);
        if (wish.IsImpossible)
            return 500;
        if (!request.TryGetFrom(out var from) || !from.TryGetUri(out var uri, out _))
            return 400;

        var own = OwnIdentity.Find(extension, uri);
        var isAnonymous = own is null && OwnIdentity.IsAnonymous(uri);
        if (own is null && !isAnonymous)
            return 403;

        var name = isAnonymous || extension.DisplayName.Length > 0 ? extension.DisplayName : CallSummaries.DisplayName(from);
        sender = new(own ?? extension.Username, name, IsAsserted: true, isAnonymous || wish.HidesIdentity);
        return 0;
    }

    private async Task Route()
    {
        var context = Gateway.Context;
        try
        {
            var grain = context.Grains.GetGrain<IExtensionGrain>(new ExtensionKey(Tenant.Id, Number).ToString());
            Send(await grain.Reach().WaitAsync(context.Options.ReadDeadline, context.Clock));
        }
        catch (Exception e)
        {
            // Storage or a grain does not answer: never silence, and never a wrong 404.
            LogNotRouted(context.Loggers.CreateLogger<StandaloneRequest>(), Number, Tenant.Id.Value, e);
            Reply(503);
        }
    }

    private void Send(ExtensionReachability? reach)
    {
        if (reach is not { Extension.Enabled: true })
            Reply(404);
        else if (reach.Bindings.IsEmpty)
            Reply(480);
        else if (FindDevices(reach) is { Count: > 0 } turns)
            Send(turns);
        else
            // RFC 5630 §5.3
            Gateway.Reply(_transaction, 480, static writer => writer.Header(SipHeaderName.Warning, "380 TekSIP-Cloud \"SIPS Not Allowed\""u8));
    }

    private void Send(Queue<Queue<Binding>[]> turns)
    {
        var breadth = Breadth.Of(Received);
        if (breadth.Allows(turns.Max(devices => devices.Length)))
            new StandaloneFork(this, breadth, turns).Run();
        else
            Reply(440);
    }

    /// <summary>
    /// The flows of each device, the latest first, by preference, the highest q first (RFC 3261 §16.6); for a SIPS URI those that go by TLS (RFC 5630 §3.1).
    /// </summary>
    private Queue<Queue<Binding>[]> FindDevices(ExtensionReachability reach)
    {
        var isSips = SipUri.IsSips(Received.RequestUri);
        return new(reach.Bindings
            .Where(binding => !isSips || CallTargets.IsSecure(binding))
            .GroupBy(CallTargets.DeviceOf)
            .Select(flows => new Queue<Binding>(flows.OrderByDescending(flow => flow.Expires)))
            .GroupBy(flows => flows.Peek().Q)
            .OrderByDescending(devices => devices.Key)
            .Select(devices => devices.ToArray()));
    }

    [LoggerMessage(4064, LogLevel.Warning, "A request for {Username} of {Tenant} is answered 503: its devices could not be looked up")]
    private static partial void LogNotRouted(ILogger logger, string username, string tenant, Exception exception);
}
