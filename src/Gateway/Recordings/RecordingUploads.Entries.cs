using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Recordings;

namespace TekSipCloud.Gateway.Recordings;

/// <summary>Lists the recordings whose audio storage has: those of a second together, which costs little more than one.</summary>
internal sealed partial class RecordingUploads
{
    /// <summary>Two rows of each are in the partition of their tenant's numbers: as many as a transaction takes.</summary>
    private const int MaxTogether = 50;

    /// <summary>How long the first one waits for others.</summary>
    private static readonly TimeSpan GatherPeriod = TimeSpan.FromSeconds(1);

    private readonly Channel<Recording> _heard = Channel.CreateUnbounded<Recording>();

    private async Task EnterAll(CancellationToken cancel)
    {
        var some = new List<Recording>();
        try
        {
            while (await _heard.Reader.WaitToReadAsync(cancel))
            {
                if (_heard.Reader.Count < MaxTogether)
                    await Task.Delay(GatherPeriod, _clock, cancel);
                while (some.Count < MaxTogether && _heard.Reader.TryRead(out var recording))
                    some.Add(recording);
                while (!await TryEnter(some, cancel))
                    await Task.Delay(_options.RetryPeriod, _clock, cancel);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // What is left is uploaded again at the next start, which changes nothing of what is there.
        }
    }

    /// <summary>Removes from the list, and from the spool, what needs no further attempt.</summary>
    private async Task<bool> TryEnter(List<Recording> some, CancellationToken cancel)
    {
        try
        {
            foreach (var recording in some.ToArray())
                await DropIfOrphaned(recording, some, cancel);
            await _recordings.Enter(some);
            while (some is [.., var last])
            {
                Forget(last.Call);
                some.RemoveAt(some.Count - 1);
            }

            return true;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotListed(some.Count, fault.Message, _options.RetryPeriod);
            return false;
        }
    }

    /// <summary>The tenant may have gone while the audio travelled.</summary>
    private async Task DropIfOrphaned(Recording recording, List<Recording> some, CancellationToken cancel)
    {
        if (await HasOwner(recording))
            return;

        await _recordings.DropAudio(recording, cancel);
        Forget(recording.Call);
        some.Remove(recording);
    }

    [LoggerMessage(4106, LogLevel.Warning, "{Count} recordings in storage are not listed yet ({Reason}); trying again in {Period}")]
    private partial void LogNotListed(int count, string reason, TimeSpan period);
}
