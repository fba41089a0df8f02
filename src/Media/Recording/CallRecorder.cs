using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Recording;

/// <summary>
/// Brings what both parties of a call say, as the relay took it, into one file: aligned in time, gaps as silence. What comes within 300 ms of its
/// time is in its place; memory does not grow with the call.
/// </summary>
/// <remarks>All but <see cref="Ring"/> belongs to one writer.</remarks>
public sealed class CallRecorder
{
    private const int Lag = WavFormat.SampleRateHz * 3 / 10;

    // Half a second: what a writer finds that comes a little late is still one write.
    private const int FrameBytes = 8192;

    private readonly TimeProvider _clock;
    private readonly long _begun;
    private readonly RecordingWindow _window;
    private readonly ChannelClock[] _clocks = [new(), new()];
    private readonly byte[] _frames = new byte[FrameBytes];

    /// <summary>Begins the recording's time.</summary>
    /// <param name="format">What the file is to hold; with one channel the parties are mixed.</param>
    /// <param name="clock">The relay's clock.</param>
    public CallRecorder(WavFormat format, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _begun = clock.GetTimestamp();
        _window = new RecordingWindow(format);
        Format = format;
    }

    /// <summary>Takes the parties' packets, those of channel 0 and those of channel 1.</summary>
    public RecordingRing Ring { get; } = new();

    /// <summary>What the file is to hold.</summary>
    public WavFormat Format { get; }

    /// <summary>Writes what is complete at a moment of the call.</summary>
    /// <param name="file">The file.</param>
    /// <param name="now">The moment, as a timestamp of the relay's clock: a later one could be after the call's end.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(WavFile file, long now)
    {
        ArgumentNullException.ThrowIfNull(file);
        PlaceAll(file);
        Flush(file, SampleAt(now) - Lag);
    }

    /// <summary>Writes everything up to the end of the call.</summary>
    /// <param name="file">The file.</param>
    /// <param name="end">When the call ended, as a timestamp of the relay's clock.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void WriteRest(WavFile file, long end)
    {
        ArgumentNullException.ThrowIfNull(file);
        PlaceAll(file);
        Flush(file, SampleAt(end));
    }

    private void PlaceAll(WavFile file)
    {
        while (Ring.TryPeek(out var packet))
        {
            var arrival = SampleAt(packet.Arrival);
            // A writer that comes late makes room first.
            Flush(file, arrival - Lag);
            if (_clocks[packet.Channel & 1].Place(packet, arrival, _window.Start) is { } position)
                _window.Place(packet.Channel, position, packet.Payload, packet.PayloadType == 8 ? G711Law.Alaw : G711Law.Mulaw);
            Ring.Release(packet);
        }
    }

    private void Flush(WavFile file, long until)
    {
        while (_window.Start < until)
            file.Append(_frames.AsSpan(0, _window.Take(until, _frames)));
    }

    private long SampleAt(long moment) => (long)(_clock.GetElapsedTime(_begun, moment).TotalSeconds * WavFormat.SampleRateHz);
}
