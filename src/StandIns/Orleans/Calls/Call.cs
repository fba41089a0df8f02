using System.Reflection;
using Orleans.Copying;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>A request under way: its arguments, who waits and who serves.</summary>
internal abstract partial class Call : Turn, IInvokable
{
    private readonly object?[] _sent;
    private object?[]? _copied;

    protected Call(GrainMethod method, object?[] arguments, GrainId target, Silo caller, Activation? source)
    {
        Method = method;
        _sent = arguments;
        Target = target;
        Caller = caller;
        Source = source?.GrainId;
        AdoptToken();
    }

    public GrainMethod Method { get; }

    public GrainId Target { get; }

    public GrainId? Source { get; }

    /// <summary>The silo whose code made the call.</summary>
    public Silo Caller { get; }

    /// <summary>The silo that serves it, once addressed.</summary>
    public Silo? Server { get; private set; }

    /// <summary>The activation that serves it, once it waits there.</summary>
    public Activation? Host { get; set; }

    /// <summary>When the caller stops waiting, by its silo's clock.</summary>
    public long Deadline { get; set; }

    public override bool IsReadOnly => Method.IsReadOnly;

    public override bool AlwaysInterleaves => Method.AlwaysInterleaves;

    public override bool CountsAsUse => true;

    public override IInvokable Request => this;

    public object?[] Arguments => _copied!;

    /// <summary>Copies the arguments for the silo that will serve them; not again for the same one.</summary>
    public void Address(Silo server)
    {
        if (ReferenceEquals(Server, server))
            return;

        // A call that is handed on is copied from what was copied first: its caller may have changed the originals.
        var isLocal = _copied is null && ReferenceEquals(server, Caller);
        _copied = Method.CopyArguments(_copied ?? _sent, new CopyScope(isLocal ? null : server));
        Server = server;
    }

    public override async Task Run(Activation activation)
    {
        try
        {
            var target = activation.GrainInstance!;
            var filters = activation.Silo.Filters;
            object? result;
            if (filters.Length == 0 && target is not IIncomingGrainCallFilter)
            {
                result = await Method.Invoke(target, Arguments);
            }
            else
            {
                var context = new IncomingCallContext(this, activation, filters);
                await context.Invoke();
                result = context.Result;
            }

            Succeed(Method.CopyResult(result, ScopeOfAnswer(activation.Silo)));
        }
        catch (Exception error)
        {
            activation.NoteFailure(error);
            FailWith(error, activation.Silo);
        }
    }

    /// <summary>Runs on an observer, outside any activation.</summary>
    public async Task RunOn(object observer, Silo silo)
    {
        try
        {
            Succeed(Method.CopyResult(await Method.Invoke(observer, Arguments), ScopeOfAnswer(silo)));
        }
        catch (Exception error)
        {
            FailWith(error, silo);
        }
    }

    public int GetArgumentCount() => _sent.Length;

    public object? GetArgument(int index) => Arguments[index];

    public void SetArgument(int index, object? value) => Arguments[index] = value;

    public string GetMethodName() => Method.Method.Name;

    public string GetInterfaceName() => Method.Interface.FullName!;

    public MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.Interface;

    public override string ToString() => $"{Method} of {Target}";

    private CopyScope ScopeOfAnswer(Silo server) => new(ReferenceEquals(server, Caller) ? null : Caller);

    private void FailWith(Exception error, Silo server)
    {
        if (Method.IsOneWay)
            server.Log.OneWayFailed(Method.ToString(), error);

        Fail(ReferenceEquals(server, Caller) ? error : CopyError(error));
    }

    private Exception CopyError(Exception error)
    {
        try
        {
            return (Exception)Copiers.Exact(error.GetType()).CopyObject(error, new CopyScope(Caller))!;
        }
        catch (SerializerException refused)
        {
            return refused;
        }
    }
}
