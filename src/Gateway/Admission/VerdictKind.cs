namespace TekSipCloud.Gateway.Admission;

/// <summary>The outcomes of admission.</summary>
internal enum VerdictKind
{
    /// <summary>Work on it.</summary>
    Admit,

    /// <summary>Answer with a code, statelessly.</summary>
    Refuse,

    /// <summary>Answer 401 or 407 with a challenge, statelessly.</summary>
    Challenge,

    /// <summary>Something is not in memory yet: read it and judge again.</summary>
    Load,
}
