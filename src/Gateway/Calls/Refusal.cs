namespace TekSipCloud.Gateway.Calls;

/// <summary>Why a call is refused: the code, and a sentence for its decision log.</summary>
internal readonly record struct Refusal(int Status, string Reason);
