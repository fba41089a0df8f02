using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Why a call is refused: the code, and a sentence for its decision log.</summary>
/// <param name="Status">The code.</param>
/// <param name="Reason">The sentence.</param>
/// <param name="Headers">What the answer says beside what its code demands.</param>
internal readonly record struct Refusal(int Status, string Reason, Action<SipWriter>? Headers = null);
