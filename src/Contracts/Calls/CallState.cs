namespace TekSipCloud.Contracts.Calls;

/// <summary>How far a call is.</summary>
[GenerateSerializer, Alias("call-state")]
public enum CallState
{
    /// <summary>The INVITE is being worked on.</summary>
    Calling = 0,

    /// <summary>A phone rings.</summary>
    Ringing = 1,

    /// <summary>Both talk.</summary>
    Answered = 2,

    /// <summary>Over.</summary>
    Ended = 3,
}
