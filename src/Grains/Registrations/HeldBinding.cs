using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Storage.Registrations;

namespace TekSipCloud.Grains.Registrations;

/// <summary>A binding in the registrar's memory.</summary>
/// <param name="Stored">As stored.</param>
/// <param name="IsGatewayAlive">Whether the gateway that made it lives; else it ends later, as a refresh may have been
/// lost with it.</param>
internal sealed record HeldBinding(StoredBinding Stored, bool IsGatewayAlive)
{
    // A gateway reports the refreshes it answered before the binding ends here; an ended one waits a little for a report that is late.
    private static readonly TimeSpan ReportDelay = TimeSpan.FromSeconds(10);

    public Binding Binding => Stored.Binding;

    /// <summary>When it ends.</summary>
    public DateTimeOffset End => Stored.End(IsGatewayAlive);

    /// <summary>Whether it ended so long ago that no report of a refresh can be on its way.</summary>
    public bool IsOver(DateTimeOffset now) => End <= now - ReportDelay;

    /// <summary>A binding that a living gateway granted for a lifetime.</summary>
    public static HeldBinding Grant(Binding binding, TimeSpan lifetime, bool outlivesGateway) =>
        new(new(binding, lifetime, outlivesGateway), IsGatewayAlive: true);

    /// <summary>The same with another binding.</summary>
    public HeldBinding With(Binding binding) => this with { Stored = Stored with { Binding = binding } };

    /// <summary>The same with less memory: most Contacts are in the comparable form already.</summary>
    public HeldBinding Compact() => Binding.Identity == Binding.Contact
        ? With(Binding with { Identity = Binding.Contact })
        : this;

    /// <summary>Whether it is the one that a Contact means.</summary>
    public bool IsMeantBy(ContactWish wish)
    {
        // RFC 5626 §6: between phones that tell their instance the Contact's URI does not count.
        if (wish.InstanceId is not null && Binding.InstanceId is not null)
            return Binding.InstanceId == wish.InstanceId && Binding.RegId == wish.RegId;

        // RFC 3261 §10.3 step 7
        return ContactEquality.AreSame(Binding.Identity, wish.Identity);
    }
}
