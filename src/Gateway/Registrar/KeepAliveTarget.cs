using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>A device behind a NAT whose way is kept open, with what is due for it. For one loop.</summary>
internal sealed class KeepAliveTarget(ExtensionKey key, Binding binding, SipFlow flow)
{
    public ExtensionKey Key => key;

    /// <summary>The binding as it was when the device registered; its end has moved since.</summary>
    public Binding Binding => binding;

    public SipFlow Flow => flow;

    /// <summary>Its place in the wheel's register, by which an answer finds it.</summary>
    public int Number { get; set; }

    /// <summary>The next device of the same extension.</summary>
    public KeepAliveTarget? Next { get; set; }

    /// <summary>The tick at which it is due.</summary>
    public long Due { get; set; }

    /// <summary>Whether nothing more is sent to it.</summary>
    public bool IsOver { get; set; }

    /// <summary>What the last OPTIONS bore, so that nobody answers it who did not get it; 0 when it was answered.</summary>
    public uint Awaited { get; set; }

    /// <summary>OPTIONS in a row without an answer.</summary>
    public int Misses { get; set; }

    /// <summary>Whether it counts as unreachable.</summary>
    public bool IsUnreachable { get; set; } = binding.IsUnreachable;
}
