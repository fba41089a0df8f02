namespace TekSipCloud.Media.Relay;

/// <summary>Two legs hear each other, and whoever either was joined with before hears nothing.</summary>
internal sealed class JoinChange(RelayLeg a, RelayLeg b) : SessionChange
{
    public override void Apply()
    {
        a.Partner?.JoinWith(null);
        b.Partner?.JoinWith(null);
        a.JoinWith(b);
        b.JoinWith(a);
    }
}
