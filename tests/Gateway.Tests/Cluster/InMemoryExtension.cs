using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>An extension with its bindings, by the rules of RFC 3261 §10.3 as far as gateways can tell.</summary>
internal sealed class InMemoryExtension(Weather weather, TimeProvider clock, int maxBindings) : IExtensionGrain
{
    private readonly List<Binding> _bindings = [];
    private readonly Dictionary<string, TimeSpan> _granted = [];

    /// <summary>Null while there is no such extension.</summary>
    public ExtensionCredentials? Credentials { get; set; }

    /// <summary>How often a gateway asked for the credentials.</summary>
    public int CredentialReads { get; private set; }

    /// <summary>How often a gateway asked how it can be called.</summary>
    public int Reaches { get; private set; }

    /// <summary>How often a change was asked for.</summary>
    public int Registers { get; private set; }

    /// <summary>The last change that was asked for.</summary>
    public RegisterCommand? LastCommand { get; private set; }

    public IReadOnlyList<Binding> Bindings => [.. _bindings.Where(b => b.Expires > clock.GetUtcNow()).OrderByDescending(b => b.Q)];

    public Task<ExtensionCredentials?> GetCredentials()
    {
        CredentialReads++;
        return weather.Answer(() => Credentials);
    }

    public Task<ExtensionReachability?> Reach()
    {
        Reaches++;
        return weather.Answer(() =>
            Credentials is null ? null : new ExtensionReachability(Credentials.Extension, [.. Bindings.Where(b => !b.IsUnreachable)]));
    }

    public Task<Result<BindingSet>> Register(RegisterCommand command) => weather.Answer(() => Apply(command));

    public Task<BindingSet> GetBindings() => weather.Answer(() => new BindingSet([.. Bindings]));

    public Task NoteReachability(string contact, bool isUnreachable) => weather.Answer(() =>
    {
        if (_bindings.FindIndex(b => b.Contact == contact) is >= 0 and var index)
            _bindings[index] = _bindings[index] with { IsUnreachable = isUnreachable };
        return true;
    });

    public Task Disconnect(FlowId flow) => weather.Answer(() => _bindings.RemoveAll(b => b.Flow.Id == flow));

    public Task<Result<Versioned<Extension>>> Get() => throw new NotSupportedException();

    public Task<Result<Versioned<Extension>>> Save(Extension extension, string? password, WriteCondition condition) =>
        throw new NotSupportedException();

    public Task<Result> Delete(WriteCondition condition) => throw new NotSupportedException();

    public Task<BindingSet> Refresh(BindingRefresh refresh) => weather.Answer(() =>
    {
        foreach (var line in refresh.Refreshed)
        {
            if (_bindings.FindIndex(b => b.Contact == line.Contact) is var index && index < 0)
                continue;

            _bindings[index] = _bindings[index] with { Expires = line.Expires, CallId = line.CallId, CSeq = line.CSeq };
            _granted[line.Contact] = line.Lifetime;
        }

        return new BindingSet([.. Bindings]);
    });

    /// <summary>Loses every binding, as when somebody cleared them and the news got lost.</summary>
    public void Lose() => _bindings.Clear();

    /// <summary>Loses one device in the same way.</summary>
    public void Lose(string contact) => _bindings.RemoveAll(b => b.Contact == contact);

    /// <summary>When a binding ends should its node die now.</summary>
    public DateTimeOffset CountsUntil(int index) => _bindings[index].Expires + _granted[_bindings[index].Contact];

    public Task<Result> ClearBindings(string? contact) => throw new NotSupportedException();

    public Task Forget() => throw new NotSupportedException();

    private Result<BindingSet> Apply(RegisterCommand command)
    {
        Registers++;
        LastCommand = command;
        var touched = _bindings.Where(b => command.RemoveAll || command.Contacts.Any(c => IsMeant(b, c))).ToArray();
        if (touched.Any(b => b.CallId == command.CallId && b.CSeq >= command.CSeq))
            return new Problem(ProblemKind.OutOfOrder, "Out of order.");

        var added = command.Contacts.Where(c => c.Lifetime > TimeSpan.Zero).Select(c => Bind(c, command)).ToArray();
        if (Bindings.Except(touched).Count() + added.Length > maxBindings)
            return new Problem(ProblemKind.OverLimit, "Too many.");

        _bindings.RemoveAll(touched.Contains);
        _bindings.AddRange(added);
        foreach (var contact in command.Contacts)
            _granted[contact.Uri] = contact.Lifetime;
        return new BindingSet([.. Bindings]);
    }

    private static bool IsMeant(Binding binding, ContactWish wish) =>
        wish.InstanceId is not null && binding.InstanceId is not null
            ? (wish.InstanceId, wish.RegId) == (binding.InstanceId, binding.RegId)
            : wish.Identity == binding.Identity;

    private Binding Bind(ContactWish wish, RegisterCommand command) => new()
    {
        Contact = wish.Uri,
        Q = wish.Q,
        Expires = clock.GetUtcNow() + wish.Lifetime,
        Registered = clock.GetUtcNow(),
        CallId = command.CallId,
        CSeq = command.CSeq,
        InstanceId = wish.InstanceId,
        RegId = wish.RegId,
        Path = command.Path,
        Flow = command.Flow,
        UserAgent = command.UserAgent,
        Identity = wish.Identity,
    };
}
