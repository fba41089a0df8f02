using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What the books say of one device, which is the same for call after call. Thread-safe.</summary>
/// <param name="number">The device's extension.</param>
internal sealed class KnownDevice(string number)
{
    private Line? _ringing;
    private Line? _answered;

    /// <summary>The device as it answered last.</summary>
    public CallParty? Answerer { get; set; }

    public string Ringing(string address, int status) =>
        (Volatile.Read(ref _ringing) is { } line && line.Status == status && line.Address == address
            ? line
            : _ringing = new Line(address, status, DescribeRinging(number, address, status))).Text;

    public string Answered(string address) =>
        (Volatile.Read(ref _answered) is { } line && line.Address == address
            ? line
            : _answered = new Line(address, 200, DescribeAnswer(number, address))).Text;

    public static string DescribeRinging(string number, string address, int status) => $"{number} at {address} says {status}.";

    public static string DescribeAnswer(string number, string address) => $"{number} at {address} answered.";

    private sealed record Line(string Address, int Status, string Text);
}
