namespace TekSipCloud.Contracts.Calls;

/// <summary>What a side of a call is.</summary>
[GenerateSerializer, Alias("call-party-kind")]
public enum CallPartyKind
{
    /// <summary>Not known (yet).</summary>
    Unknown = 0,

    /// <summary>An extension of the tenant.</summary>
    Extension = 1,

    /// <summary>A destination's far side.</summary>
    Destination = 2,

    /// <summary>Somebody who is neither, whom the tenant lets call its extensions.</summary>
    Guest = 3,
}
