using System.Collections.Immutable;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>An AOR all of whose bindings are on this node, so that refreshes of them are answered here. Thread-safe.</summary>
internal sealed class KnownAor
{
    /// <summary>How long before a binding ends at its grain the grain must have learnt of a refresh.</summary>
    private static readonly TimeSpan ReportMargin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How late the grain may learn of a refresh of what was granted for long: what it says to that heals lost news, which elsewhere takes no
    /// longer either.
    /// </summary>
    private static readonly TimeSpan MaxReportDelay = KnownReach.Lifetime;

    // It is also what is locked: there is one per phone, and an object more for each would be felt.
    private readonly KnownBinding[] _bindings;
    private ulong? _shape;
    private TenantView? _tenant;
    private KnownBinding? _repeated;
    private KnownReach? _reach;
    private TimeSpan _lifetime;
    private bool _isOutbound;
    private bool _isClosed;
    private DateTimeOffset _due = DateTimeOffset.MaxValue;

    /// <summary>Takes over what a grain gave.</summary>
    /// <param name="key">The AOR.</param>
    /// <param name="bindings">All of them.</param>
    /// <param name="old">What was known before; null for nothing.</param>
    /// <param name="now">The time: what is left of a binding is the least that was granted.</param>
    public KnownAor(ExtensionKey key, ImmutableArray<Binding> bindings, KnownAor? old, DateTimeOffset now)
    {
        Key = key;
        _bindings = [.. bindings.Select(binding => new KnownBinding(binding, old?.LifetimeOf(binding) ?? binding.Expires - now))];
    }

    public ExtensionKey Key { get; }

    /// <summary>Whether it answers nothing any more.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Refreshes the binding that a REGISTER repeats, having been read as a wish.</summary>
    /// <param name="wish">Its only contact.</param>
    /// <param name="command">What it is to the grain.</param>
    /// <param name="now">The time.</param>
    /// <param name="due">By when the grain must be told; null when that was known before.</param>
    public Refreshed Refresh(ContactWish wish, RegisterCommand command, DateTimeOffset now, out DateTimeOffset? due)
    {
        due = null;
        lock (_bindings)
        {
            if (_isClosed || Find(wish, command) is not { } binding || binding.Expires <= now)
                return Refreshed.No;

            Span<byte> callId = stackalloc byte[command.CallId.Length * 3];
            callId = callId[..System.Text.Encoding.UTF8.GetBytes(command.CallId, callId)];
            // A repetition that comes this way was authenticated anew: its order is the grain's affair.
            return binding.IsLast(callId, command.CSeq) ? Refreshed.No : Extend(binding, callId, command.CSeq, now, wish.Lifetime, out due);
        }
    }

    /// <summary>Refreshes the binding that a REGISTER of the remembered shape repeats.</summary>
    /// <param name="repeat">The request.</param>
    /// <param name="mayExtend">False for credentials used before: then only the last request counts as answered already.</param>
    /// <param name="now">The time.</param>
    /// <param name="due">By when the grain must be told; null when that was known before.</param>
    public Refreshed Refresh(in RegisterRepeat repeat, bool mayExtend, DateTimeOffset now, out DateTimeOffset? due)
    {
        due = null;
        lock (_bindings)
        {
            if (_isClosed || _shape != repeat.Shape || _tenant != repeat.Tenant || _repeated is not { } binding || binding.Expires <= now)
                return Refreshed.No;

            return mayExtend ? Extend(binding, repeat.CallId, repeat.CSeq, now, _lifetime, out due)
                : binding.IsLast(repeat.CallId, repeat.CSeq) ? Refreshed.Repeated : Refreshed.No;
        }
    }

    /// <summary>Remembers what a REGISTER that was carried out looked like.</summary>
    public void Remember(ulong shape, TenantView tenant, RegisterWish wish, RegisterCommand command)
    {
        lock (_bindings)
        {
            _repeated = Find(wish.Contacts[0], command);
            (_shape, _tenant, _lifetime, _isOutbound) = (shape, tenant, wish.Contacts[0].Lifetime, wish.IsOutbound);
        }
    }

    /// <summary>Writes the answer to a REGISTER of the remembered shape.</summary>
    public void Write(SipWriter writer, RegisterAnswer answer)
    {
        lock (_bindings)
        {
            foreach (var binding in _bindings)
            {
                if (binding.Expires > answer.Now)
                    answer.WriteBinding(writer, binding.Given, binding.Expires);
            }
        }
    }

    /// <summary>What the answer to the remembered REGISTER says of outbound, and until when it holds.</summary>
    public (bool IsOutbound, KnownBinding? Binding) Remembered
    {
        get
        {
            lock (_bindings)
                return (_isOutbound, _repeated);
        }
    }

    /// <summary>The bindings that live.</summary>
    public BindingSet ToSet(DateTimeOffset now)
    {
        lock (_bindings)
            return new([.. _bindings.Where(binding => binding.Expires > now).Select(binding => binding.ToBinding())]);
    }

    /// <summary>Keeps what its grain said of calling it; null for nothing that later calls can rely on.</summary>
    public void Keep(KnownReach? reach)
    {
        lock (_bindings)
            _reach = reach;
    }

    /// <summary>What was kept, as long as every binding lives and nothing has changed.</summary>
    public KnownReach? FindReach(DateTimeOffset now)
    {
        lock (_bindings)
        {
            foreach (var binding in _bindings)
            {
                if (binding.Expires <= now)
                    return null;
            }

            return _isClosed ? null : _reach;
        }
    }

    /// <summary>
    /// Whether its live devices are those that its grain holds, and where it holds them, without those that cannot be reached; once closed nobody
    /// relies on that.
    /// </summary>
    public bool HasDevices(ImmutableArray<Binding> held, DateTimeOffset now)
    {
        lock (_bindings)
        {
            var live = Array.FindAll(_bindings, binding => binding.Expires > now && !binding.Given.IsUnreachable);
            return _isClosed
                || (live.Length == held.Count(binding => !binding.IsUnreachable) && Array.TrueForAll(live, binding => held.Any(binding.IsDevice)));
        }
    }

    /// <summary>Whether nothing is lost when it is forgotten.</summary>
    public bool IsOver(DateTimeOffset now)
    {
        lock (_bindings)
            return _due == DateTimeOffset.MaxValue && (_isClosed || Array.TrueForAll(_bindings, binding => binding.Expires <= now));
    }

    /// <summary>Before which it is not over.</summary>
    public DateTimeOffset End
    {
        get
        {
            lock (_bindings)
                return _isClosed ? DateTimeOffset.MinValue : _bindings.Max(binding => binding.Expires);
        }
    }

    /// <summary>Answers nothing any more; true if the grain has to hear what was: at once, since others decide of it from here on.</summary>
    public bool Close()
    {
        lock (_bindings)
        {
            _isClosed = true;
            if (_due == DateTimeOffset.MaxValue)
                return false;

            _due = DateTimeOffset.MinValue;
            return true;
        }
    }

    /// <summary>Whether the grain is to be told by now.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        lock (_bindings)
            return _due <= now;
    }

    /// <summary>Takes what the grain is to be told; empty when it knows all.</summary>
    public ImmutableArray<RefreshedBinding> TakeUnreported()
    {
        lock (_bindings)
        {
            _due = DateTimeOffset.MaxValue;
            return [.. _bindings.Where(binding => binding.IsUnreported).Select(binding => binding.Report())];
        }
    }

    /// <summary>What was taken could not be told: it is due at once.</summary>
    public void PutBack(ImmutableArray<RefreshedBinding> untold)
    {
        lock (_bindings)
        {
            foreach (var binding in _bindings)
                binding.IsUnreported |= untold.Any(line => line.Contact == binding.Given.Contact);
            _due = DateTimeOffset.MinValue;
        }
    }

    private Refreshed Extend(
        KnownBinding binding, ReadOnlySpan<byte> callId, uint cseq, DateTimeOffset now, TimeSpan lifetime, out DateTimeOffset? due)
    {
        due = null;
        var refreshed = binding.Refresh(callId, cseq, now, lifetime);
        if (refreshed != Refreshed.Extended)
            return refreshed;

        // Calls are routed by what the grain knows: it must know before the binding ends there.
        var wanted = Min(binding.Reported - ReportMargin, now + ReportDelay(lifetime));
        if (wanted < _due)
            due = _due = wanted;
        return refreshed;
    }

    /// <summary>How late the grain may learn of a refresh: phones that refresh more often than their bindings need cost it no call each.</summary>
    private static TimeSpan ReportDelay(TimeSpan lifetime) => lifetime / 4 is var quarter && quarter < ReportMargin ? ReportMargin
        : quarter < MaxReportDelay ? quarter
        : MaxReportDelay;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private TimeSpan? LifetimeOf(Binding held)
    {
        lock (_bindings)
        {
            foreach (var binding in _bindings)
            {
                if (binding.LifetimeOf(held) is { } lifetime)
                    return lifetime;
            }

            return null;
        }
    }

    /// <summary>Architecture: same contact, flow, instance and Path.</summary>
    private KnownBinding? Find(ContactWish wish, RegisterCommand command) => Array.Find(
        _bindings,
        known => known.Given is var binding
            && binding.Contact == wish.Uri
            && binding.Flow == command.Flow
            && binding.InstanceId == wish.InstanceId
            && binding.RegId == wish.RegId
            && binding.Q == wish.Q
            && binding.UserAgent == command.UserAgent
            && binding.Path.AsSpan().SequenceEqual(command.Path.AsSpan()));
}
