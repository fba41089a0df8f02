using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Sounds;

/// <summary>
/// Notes in storage that a tenant's sounds are being changed. A change is audio and the tenant that names it, which no transaction joins: where it comes to
/// no end, audio that the tenant does not name is found by its note and removed.
/// </summary>
public interface ISoundNotes
{
    /// <summary>Notes that a change begins, before anything is stored. Answers the note.</summary>
    Task<Guid> Begin(TenantId tenant, CancellationToken cancel);

    /// <summary>Whatever the tenant does not name is removed: the note goes.</summary>
    Task End(Guid note, CancellationToken cancel);
}
