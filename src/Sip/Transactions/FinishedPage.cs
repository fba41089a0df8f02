using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>Records that were written one after the other and are let go in the same order.</summary>
internal sealed class FinishedPage(int size)
{
    private static readonly int HeaderLength = Unsafe.SizeOf<FinishedHeader>();
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(size);
    private readonly List<SipFlow> _flows = [];

    public int Size => _bytes.Length;

    /// <summary>Position of the oldest record.</summary>
    public int First { get; private set; }

    /// <summary>Position behind the youngest record.</summary>
    public int End { get; private set; }

    public static int LengthOf(int key, in FinishedTransaction record) =>
        new FinishedHeader { KeyLength = key, TagLength = record.Tag.Length, MessageLength = record.Message.Length }.Length(HeaderLength);

    public bool HasRoom(int length) => length <= _bytes.Length - End;

    public ref readonly FinishedHeader At(int offset) => ref MemoryMarshal.AsRef<FinishedHeader>(_bytes.AsSpan(offset, HeaderLength));

    public ReadOnlySpan<byte> KeyAt(int offset) => _bytes.AsSpan(offset + HeaderLength, At(offset).KeyLength);

    public FinishedTransaction Read(int offset)
    {
        ref readonly var header = ref At(offset);
        var rest = _bytes.AsSpan(offset + HeaderLength + header.KeyLength);
        return new FinishedTransaction
        {
            Kind = header.Kind,
            Tag = rest[..header.TagLength],
            Message = rest.Slice(header.TagLength, header.MessageLength),
            Flow = header.Flow < 0 ? null : _flows[header.Flow],
        };
    }

    /// <summary>Adds a record for which there is room, and tells where it is.</summary>
    public int Append(ulong hash, long due, ReadOnlySpan<byte> key, in FinishedTransaction record)
    {
        var header = new FinishedHeader
        {
            Hash = hash,
            Due = due,
            KeyLength = key.Length,
            TagLength = record.Tag.Length,
            MessageLength = record.Message.Length,
            Flow = Keep(record.Flow),
            Kind = record.Kind,
        };
        var offset = End;
        var bytes = _bytes.AsSpan(offset, header.Length(HeaderLength));
        MemoryMarshal.Write(bytes, header);
        bytes = bytes[HeaderLength..];
        key.CopyTo(bytes);
        record.Tag.CopyTo(bytes[key.Length..]);
        record.Message.CopyTo(bytes[(key.Length + record.Tag.Length)..]);
        End += header.Length(HeaderLength);
        return offset;
    }

    /// <summary>Lets the oldest record go.</summary>
    /// <returns>Its length.</returns>
    public int RemoveFirst()
    {
        var length = At(First).Length(HeaderLength);
        First += length;
        return length;
    }

    /// <summary>Makes it new, once its last record is gone.</summary>
    public void Clear()
    {
        First = End = 0;
        _flows.Clear();
    }

    private int Keep(SipFlow? flow)
    {
        if (flow is null)
            return -1;

        if (_flows.Count == 0 || !ReferenceEquals(_flows[^1], flow))
            _flows.Add(flow);
        return _flows.Count - 1;
    }
}
