using System.Text;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>The registrar (RFC 3261 §10.3) for requests whose sender is authenticated. A change is durable before its 200.</summary>
internal sealed partial class RegisterHandler(LoopGateway gateway)
{
    private readonly ILogger<RegisterHandler> _logger = gateway.Context.Loggers.CreateLogger<RegisterHandler>();
    private readonly RegisterShape _shapes = new();
    private readonly AnsweredRefreshes _answered = new();

    /// <summary>
    /// Answers a REGISTER that looks like its sender's last one, without a transaction: what a retransmission of it needs is remembered with the
    /// binding (RFC 3261 §8.2.7). False when it needs a transaction.
    /// </summary>
    /// <param name="flow">The way it came.</param>
    /// <param name="request">The REGISTER.</param>
    /// <param name="admitted">Who sent it.</param>
    /// <param name="isReplay">Whether its credentials were used before: it is answered only if it is the request that used them.</param>
    public bool TryAnswerRepeat(SipFlow flow, SipMessage request, AdmittedRequest admitted, bool isReplay)
    {
        var context = gateway.Context;
        if (_shapes.Of(flow, request) is not { } shape || !request.TryGetCSeq(out var cseq, out _))
            return false;

        var key = new ExtensionKey(admitted.Tenant.Id, admitted.Requester.Extension!.Username);
        var repeat = new RegisterRepeat(shape, admitted.Tenant, request.CallId, cseq.Number);
        if (context.Refreshes.TryRefresh(key, admitted, repeat, isReplay, out var isExtended) is not { } aor)
            return isReplay && TryAnswerAgain(flow, request, admitted, shape, cseq.Number);

        var (isOutbound, binding) = aor.Remembered;
        if (isExtended)
            context.Registrations.Extend(key, binding!);

        _answered.Add(shape, Answer(flow, request, admitted, aor, isOutbound), cseq.Number, isOutbound);
        return true;
    }

    /// <summary>RFC 3261 §17.2.2: what was answered is answered again, although other refreshes of the AOR have come since.</summary>
    private bool TryAnswerAgain(SipFlow flow, SipMessage request, AdmittedRequest admitted, ulong shape, uint cseq)
    {
        if (admitted.Aor is not { IsClosed: false } aor
            || !_answered.TryFind(shape, gateway.Layer.Responder.Identify(request), cseq, out var isOutbound))
            return false;

        Answer(flow, request, admitted, aor, isOutbound);
        return true;
    }

    private ulong Answer(SipFlow flow, SipMessage request, AdmittedRequest admitted, KnownAor aor, bool isOutbound)
    {
        var answer = new RegisterAnswer(gateway.Context.Clock.GetUtcNow(), admitted.Tenant.Settings, isOutbound);
        var identity = gateway.Layer.Responder.Start(gateway.Writer, flow, request, 200);
        aor.Write(gateway.Writer, answer);
        answer.WriteRest(gateway.Writer, flow, request);
        gateway.Writer.End();
        StatelessResponder.Send(flow, request, gateway.Writer.Written);
        return identity;
    }

    public async Task Handle(ServerTransaction transaction, AdmittedRequest admitted)
    {
        var request = transaction.Request;
        var extension = admitted.Requester.Extension!;
        if (WhyNotItsOwn(request, admitted.Tenant, extension) is not 0 and var refusal)
        {
            gateway.Reply(transaction, refusal);
            return;
        }

        if (admitted.IsOriginationOnly)
        {
            UnboundRegister.Answer(gateway, transaction, admitted.Tenant);
            return;
        }

        var wish = RegisterWish.Read(request, admitted.Tenant.Settings, out var status);
        if (wish is null)
        {
            gateway.Reply(transaction, status, writer => WriteReason(writer, status, admitted.Tenant));
            return;
        }

        try
        {
            await Carry(transaction, admitted, wish).WaitAsync(gateway.Context.Options.WriteDeadline, gateway.Context.Clock);
        }
        catch (Exception e)
        {
            LogNotWritten(extension.Username, e);
            gateway.Reply(transaction, 503, static w => w.Header(SipHeaderName.RetryAfter, LoopGateway.RetryAfterSeconds));
        }
    }

    /// <summary>RFC 3261 §10.3 steps 3 to 5: the AOR is the To, and one may only register oneself.</summary>
    private static int WhyNotItsOwn(SipMessage request, TenantView tenant, Extension extension)
    {
        if (!request.TryGetTo(out var to) || !to.TryGetUri(out var aor, out _))
            return 400;

        if (!UriUser.Is(aor, extension.Username))
            return 403;

        return tenant.HasDomain(Encoding.UTF8.GetString(aor.Host).Trim('[', ']')) ? 0 : 404;
    }

    private static void WriteReason(SipWriter writer, int status, TenantView tenant)
    {
        // RFC 3261 §10.3 step 7, §21.4.17
        if (status == 423)
            writer.Header(SipHeaderName.MinExpires, (uint)tenant.Settings.MinExpires.TotalSeconds);
    }

    private async Task Carry(ServerTransaction transaction, AdmittedRequest admitted, RegisterWish wish)
    {
        var context = gateway.Context;
        var key = new ExtensionKey(admitted.Tenant.Id, admitted.Requester.Extension!.Username);
        var grain = context.Grains.GetGrain<IExtensionGrain>(key.ToString());
        var command = Command(transaction, wish);
        var shape = _shapes.Of(transaction.Flow, transaction.Request);
        if (context.Refreshes.TryRefresh(key, command, out var refreshed))
        {
            context.Refreshes.Remember(key, shape, admitted.Tenant, wish, command);
            Accept(transaction, admitted.Tenant, key, wish, refreshed);
            return;
        }

        await context.Refreshes.Report(key);
        var result = wish.IsQuery ? await grain.GetBindings() : await grain.Register(command);
        if (!result.IsSuccess)
        {
            Refuse(transaction, key, result.Problem);
            return;
        }

        context.Refreshes.Learn(key, result.Value.Bindings);
        context.KeepAlives.Update(key, result.Value.Bindings);
        context.Refreshes.Remember(key, shape, admitted.Tenant, wish, command);
        Tell(key, wish, result.Value);
        Accept(transaction, admitted.Tenant, key, wish, result.Value);
    }

    private void Accept(ServerTransaction transaction, TenantView tenant, ExtensionKey key, RegisterWish wish, BindingSet set)
    {
        var context = gateway.Context;
        context.Registrations.Update(key, context.Node.Name, set.Bindings);
        var answer = new RegisterAnswer(context.Clock.GetUtcNow(), tenant.Settings, wish.IsOutbound);
        gateway.Reply(transaction, 200, writer => answer.Write(writer, transaction, set));
    }

    private void Refuse(ServerTransaction transaction, ExtensionKey key, Problem problem)
    {
        if (problem.Kind == ProblemKind.OverLimit)
            LogOverLimit(key.Username, key.Tenant.Value);

        gateway.Reply(transaction, StatusOf(problem), writer =>
        {
            if (problem.Kind == ProblemKind.OverLimit)
                WriteWarning(writer, transaction, problem.Detail);
        });
    }

    /// <summary>RFC 3261 §20.43: what people can be shown; a bare 403 would send them looking for a wrong password.</summary>
    private static void WriteWarning(SipWriter writer, ServerTransaction transaction, string text)
    {
        writer.StartHeader(SipHeaderName.Warning);
        writer.Append("399 "u8);
        writer.Append(transaction.Flow.SentBy);
        writer.Append(" "u8);
        writer.AppendQuoted(Encoding.UTF8.GetBytes(text));
        writer.EndHeader();
    }

    private RegisterCommand Command(ServerTransaction transaction, RegisterWish wish)
    {
        var request = transaction.Request;
        return new RegisterCommand(
            Encoding.UTF8.GetString(request.CallId),
            request.TryGetCSeq(out var cseq, out _) ? cseq.Number : 0,
            wish.Contacts,
            wish.RemoveAll,
            wish.Path,
            FlowAddresses.Of(transaction.Flow, gateway.Context.Node),
            HeaderText.Of(request, SipHeaderName.UserAgent));
    }

    private static int StatusOf(Problem problem) => problem.Kind switch
    {
        // RFC 3261 §10.3 step 7: a request out of order fails, and nothing changes.
        ProblemKind.OutOfOrder => 500,
        ProblemKind.Invalid => 400,
        _ => 403,
    };

    private void Tell(ExtensionKey key, RegisterWish wish, BindingSet set)
    {
        if (wish.IsQuery)
            return;

        var removes = wish.RemoveAll || wish.Contacts.All(c => c.Lifetime == TimeSpan.Zero);
        if (removes)
            LogUnregistered(key.Username, key.Tenant.Value, set.Bindings.Length);
        else
            LogRegistered(key.Username, key.Tenant.Value, set.Bindings.Length);
        if (removes && set.Bindings.IsEmpty)
            gateway.Context.Events.Write(key.Tenant, EventType.Information, $"'{key.Username}' is unregistered.");
        else if (!removes && set.Bindings.Any(b => gateway.Context.Clock.GetUtcNow() - b.Registered < TimeSpan.FromSeconds(1)))
            gateway.Context.Events.Write(key.Tenant, EventType.Information, $"'{key.Username}' is registered.");
    }

    [LoggerMessage(4020, LogLevel.Information, "Registered {Username} of {Tenant}: {Bindings} bindings")]
    private partial void LogRegistered(string username, string tenant, int bindings);

    [LoggerMessage(4021, LogLevel.Information, "Unregistered a device of {Username} of {Tenant}: {Bindings} bindings left")]
    private partial void LogUnregistered(string username, string tenant, int bindings);

    [LoggerMessage(4025, LogLevel.Information, "{Username} of {Tenant} has as many devices registered as it may have; one more is refused")]
    private partial void LogOverLimit(string username, string tenant);

    [LoggerMessage(4022, LogLevel.Warning, "A REGISTER of {Username} is answered 503: it could not be written")]
    private partial void LogNotWritten(string username, Exception exception);
}
