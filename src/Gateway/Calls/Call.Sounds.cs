using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Calls;

/// <content>What its parties hear of us.</content>
internal sealed partial class Call
{
    /// <summary>What the tenant's phones hear; false when it is not there yet: <paramref name="again"/> follows then, unless the call is over.</summary>
    public bool TryFindSound(SoundKind kind, Action again, [NotNullWhen(true)] out AudioClip? clip) =>
        Gateway.Context.Sounds.TryFind(Tenant.Id, kind, Gateway.Loop, () => Resume(again), out clip);

    private void Resume(Action again)
    {
        if (!IsOver)
            again();
    }
}
