using System.IO.Pipelines;

namespace TekSipCloud.Sip.Transports;

/// <summary>A stream's two directions as pipes, so that opened connections and WebSockets look like accepted ones. One that waits holds no buffer.</summary>
internal sealed class StreamPipe(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
}
