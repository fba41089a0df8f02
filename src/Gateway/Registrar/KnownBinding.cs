using System.Text;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>A binding as its grain gave it, and what refreshes have made of it since.</summary>
internal sealed class KnownBinding(Binding binding)
{
    private byte[] _callId = Encoding.UTF8.GetBytes(binding.CallId);
    private int _callIdLength = Encoding.UTF8.GetByteCount(binding.CallId);

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

    private ReadOnlySpan<byte> CallId => _callId.AsSpan(0, _callIdLength);

    /// <summary>RFC 3261 §10.3 step 7: within a Call-ID only a higher CSeq counts.</summary>
    public Refreshed Refresh(ReadOnlySpan<byte> callId, uint cseq, DateTimeOffset expires)
    {
        if (callId.SequenceEqual(CallId) && cseq <= CSeq)
            return cseq == CSeq ? Refreshed.Repeated : Refreshed.No;

        if (_callId.Length < callId.Length)
            _callId = new byte[callId.Length];
        callId.CopyTo(_callId);
        _callIdLength = callId.Length;
        CSeq = cseq;
        Expires = expires;
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
        Reported = Expires;
        return new(binding.Contact, Expires, Encoding.UTF8.GetString(CallId), CSeq);
    }

    public Binding ToBinding() => binding with { Expires = Expires, CallId = Encoding.UTF8.GetString(CallId), CSeq = CSeq };
}
