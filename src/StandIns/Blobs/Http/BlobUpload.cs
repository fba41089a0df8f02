using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

/// <summary>One upload: in one request, or block by block and then all of them at once.</summary>
internal sealed class BlobUpload(BlobsAccount account, string path, BlobUploadOptions options)
{
    private const long DefaultInitialBytes = 256L * 1024 * 1024;
    private const long DefaultBlockBytes = 8L * 1024 * 1024;

    private readonly List<string> _blocks = [];

    public async Task<Response<BlobContentInfo>> Run(Stream content, CancellationToken cancel)
    {
        var isShort = content.CanSeek && content.Length - content.Position <= (options.TransferOptions.InitialTransferSize ?? DefaultInitialBytes);
        if (isShort)
            return await PutBlob(RequestContent.Create(content), content.Length - content.Position, cancel).ConfigureAwait(false);

        await PutBlocks(content, cancel).ConfigureAwait(false);
        return await PutList(cancel).ConfigureAwait(false);
    }

    private async Task<Response<BlobContentInfo>> PutBlob(RequestContent content, long length, CancellationToken cancel)
    {
        using var message = Create("", content, length);
        message.Request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return await Finish(message, cancel).ConfigureAwait(false);
    }

    private async Task PutBlocks(Stream content, CancellationToken cancel)
    {
        var size = (int)Math.Min(options.TransferOptions.MaximumTransferSize ?? DefaultBlockBytes, Array.MaxLength);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, size), size, throwOnEndOfStream: false, cancel).ConfigureAwait(false)) > 0)
            {
                var id = BlockId(_blocks.Count);
                using var message = Create($"comp=block&blockid={Uri.EscapeDataString(id)}", RequestContent.Create(buffer.AsMemory(0, read)), read);
                await account.Send(message, cancel).ConfigureAwait(false);
                _blocks.Add(id);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Response<BlobContentInfo>> PutList(CancellationToken cancel)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        foreach (var block in _blocks)
            xml.Append("<Latest>").Append(block).Append("</Latest>");
        var body = Encoding.UTF8.GetBytes(xml.Append("</BlockList>").ToString());
        using var message = Create("comp=blocklist", RequestContent.Create(body), body.Length);
        message.Request.Headers.Add(HttpHeader.Names.ContentType, "application/xml");
        return await Finish(message, cancel).ConfigureAwait(false);
    }

    private HttpMessage Create(string query, RequestContent content, long length)
    {
        var message = account.CreateMessage(RequestMethod.Put, path, query, ExpectedStatuses.Write);
        message.Request.Content = content;
        message.Request.Headers.Add(HttpHeader.Names.ContentLength, length.ToString(CultureInfo.InvariantCulture));
        return message;
    }

    // What makes the blob has its properties and conditions; blocks alone have neither.
    private async Task<Response<BlobContentInfo>> Finish(HttpMessage message, CancellationToken cancel)
    {
        if (options.HttpHeaders?.ContentType is { } type)
            message.Request.Headers.Add("x-ms-blob-content-type", type);
        BlobHeaders.AddMetadata(message.Request, options.Metadata);
        BlobHeaders.AddConditions(message.Request, options.Conditions);
        var response = await account.Send(message, cancel).ConfigureAwait(false);
        return Response.FromValue(new BlobContentInfo(response), response);
    }

    // All ids of a blob have one length.
    private static string BlockId(int number)
    {
        Span<byte> bytes = stackalloc byte[48];
        bytes.Clear();
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Convert.ToBase64String(bytes);
    }
}
