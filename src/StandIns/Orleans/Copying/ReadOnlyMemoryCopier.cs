namespace Orleans.Copying;

internal sealed class ReadOnlyMemoryCopier : Copier<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> value, CopyScope scope) => value.ToArray();
}
