namespace TekSipCloud.Media.Sdp;

/// <summary>Words of the roles.</summary>
public static class SetupRoles
{
    /// <summary>The word of SDP.</summary>
    public static ReadOnlySpan<byte> ToAttribute(this SetupRole role) => role switch
    {
        SetupRole.ActPass => "actpass"u8,
        SetupRole.Active => "active"u8,
        SetupRole.Passive => "passive"u8,
        _ => "holdconn"u8,
    };

    /// <summary>Reads what follows <c>a=setup:</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SetupRole role)
    {
        value = value.Trim(" \t"u8);
        for (role = SetupRole.ActPass; role <= SetupRole.HoldConnection; role++)
        {
            if (value.SequenceEqual(role.ToAttribute()))
                return true;
        }

        return false;
    }
}
