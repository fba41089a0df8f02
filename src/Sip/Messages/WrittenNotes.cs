namespace TekSipCloud.Sip.Messages;

/// <summary>Where a writer put what a request of ours is known by: each with the number of its line, counted from 1; 0 where there is none.</summary>
internal struct WrittenNotes
{
    public Note Branch { get; set; }

    public Note FromTag { get; set; }

    public Note CSeqMethod { get; set; }

    public uint CSeqNumber { get; set; }

    internal readonly record struct Note(int Line, int Start, int Length)
    {
        public ReadOnlySpan<byte> In(ReadOnlySpan<byte> bytes) => bytes.Slice(Start, Length);
    }
}
