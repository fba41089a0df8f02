using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>A REGISTER that may be the same as one before, as far as that is to be told.</summary>
/// <param name="shape">What does not change from one to the next.</param>
/// <param name="tenant">The tenant as it is now: other settings may grant another lifetime.</param>
/// <param name="callId">Its Call-ID.</param>
/// <param name="cseq">Its number.</param>
internal readonly ref struct RegisterRepeat(ulong shape, TenantView tenant, ReadOnlySpan<byte> callId, uint cseq)
{
    public ulong Shape { get; } = shape;

    public TenantView Tenant { get; } = tenant;

    public ReadOnlySpan<byte> CallId { get; } = callId;

    public uint CSeq { get; } = cseq;
}
