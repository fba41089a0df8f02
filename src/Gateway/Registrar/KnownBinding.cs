using System.Text;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>A binding as its grain gave it, and what refreshes have made of it since.</summary>
/// <param name="binding">As its grain gave it.</param>
/// <param name="lifetime">What its grain knows to have been granted, or less.</param>
internal sealed class KnownBinding(Binding binding, TimeSpan lifetime)
{
    private byte[] _callId = Encoding.UTF8.GetBytes(binding.CallId);
    private int _callIdLength = Encoding.UTF8.GetByteCount(binding.CallId);
    private TimeSpan _lifetime = lifetime;
    private TimeSpan _reportedLifetime = lifetime;

    /// <summary>What a refresh does not change.</summary>
    public Binding Given => binding;

    /// <summary>Where this node counts its AOR as registered; null for not looked up yet.</summary>
    public RegistrationEnd? OfAor { get; set; }

    /// <summary>The same for the way to the phone.</summary>
    public RegistrationEnd? OfWay { get; set; }

    public DateTimeOffset Expires { get; private set; } = binding.Expires;

    public uint CSeq { get; private set; } = binding.CSeq;

    /// <summary>Whether the grain knows less than this.</summary>
    public bool IsUnreported { get; set; }

    /// <summary>Until when the grain thinks that it lasts.</summary>
    public DateTimeOffset Reported { get; private set; } = binding.Expires;

    /// <summary>Until when it counts should this node die without another report: nothing later may be granted here.</summary>
    public DateTimeOffset Covered => Reported + _reportedLifetime;

    private ReadOnlySpan<byte> CallId => _callId.AsSpan(0, _callIdLength);

    /// <summary>What was granted of a binding that its grain still holds as it was told last; null for another.</summary>
    public TimeSpan? LifetimeOf(Binding held) => held.Expires == Reported && IsDevice(held) ? _reportedLifetime : null;

    /// <summary>RFC 3261 §10.3 step 7: within a Call-ID only a higher CSeq counts. What its grain must hear before its 200 is none.</summary>
    public Refreshed Refresh(ReadOnlySpan<byte> callId, uint cseq, DateTimeOffset now, TimeSpan lifetime)
    {
        if (callId.SequenceEqual(CallId) && cseq <= CSeq)
            return cseq == CSeq ? Refreshed.Repeated : Refreshed.No;

        // The grain makes who registers reachable again.
        var expires = now + lifetime;
        if (expires > Covered || binding.IsUnreachable)
            return Refreshed.No;

        if (_callId.Length < callId.Length)
            _callId = new byte[callId.Length];
        callId.CopyTo(_callId);
        _callIdLength = callId.Length;
        CSeq = cseq;
        Expires = expires;
        _lifetime = lifetime;
        IsUnreported = true;
        return Refreshed.Extended;
    }

    /// <summary>Whether a REGISTER with these was the last to be answered.</summary>
    public bool IsLast(ReadOnlySpan<byte> callId, uint cseq) => cseq == CSeq && callId.SequenceEqual(CallId);

    /// <summary>Whether a grain's binding is that of this device, at this node.</summary>
    public bool IsDevice(Binding held) =>
        held.Contact == binding.Contact && held.RegId == binding.RegId && held.Flow.Id.Node == binding.Flow.Id.Node;

    public RefreshedBinding Report()
    {
        IsUnreported = false;
        (Reported, _reportedLifetime) = (Expires, _lifetime);
        return new(binding.Contact, Expires, Encoding.UTF8.GetString(CallId), CSeq, _lifetime);
    }

    public Binding ToBinding() => binding with { Expires = Expires, CallId = Encoding.UTF8.GetString(CallId), CSeq = CSeq };
}
