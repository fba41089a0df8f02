namespace Orleans.Copying;

internal sealed class MemoryCopier : Copier<Memory<byte>>
{
    public override Memory<byte> Copy(Memory<byte> value, CopyScope scope) => value.ToArray();
}
