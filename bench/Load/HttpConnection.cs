using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BackendApi.Bench.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection, blocking, one request at a time. It does what a measuring client needs and no more, because its
/// cycles are taken from the cores that the servers run on.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start, _end;

    public HttpConnection(int port)
    {
        _socket.ReceiveTimeout = 60_000;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <param name="body">Where the decoded body goes; null drops it.</param>
    /// <returns>The status code and the bytes of the decoded body.</returns>
    public (int Status, long Bytes) Send(ReadOnlySpan<byte> request, IBufferWriter<byte>? body = null)
    {
        for (var sent = 0; sent < request.Length;)
            sent += _socket.Send(request[sent..]);

        int length;
        while ((length = Unread.IndexOf("\r\n\r\n"u8)) < 0)
            Receive();
        var head = Unread[..(length + 2)];
        if (!Utf8Parser.TryParse(head[9..12], out int status, out _))
            throw new InvalidDataException("The answer does not start with a status line.");
        var contentLength = Header(head, "content-length: "u8);
        var isChunked = Header(head, "transfer-encoding: "u8) is "chunked";
        _start += length + 4;

        if (isChunked)
            return (status, ReadChunks(body));
        var bytes = contentLength is null ? 0 : long.Parse(contentLength, CultureInfo.InvariantCulture);
        Take(bytes, body);
        return (status, bytes);
    }

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    private long ReadChunks(IBufferWriter<byte>? body)
    {
        var total = 0L;
        while (true)
        {
            int line;
            while ((line = Unread.IndexOf("\r\n"u8)) < 0)
                Receive();
            if (!Utf8Parser.TryParse(Unread[..line], out int size, out var used, 'x') || used != line)
                throw new InvalidDataException("A chunk does not start with its size.");
            _start += line + 2;
            Take(size, body);
            Take(2, null);
            if (size == 0)
                return total;
            total += size;
        }
    }

    private void Take(long count, IBufferWriter<byte>? body)
    {
        while (count > 0)
        {
            if (_start == _end)
                Receive();
            var part = (int)Math.Min(count, _end - _start);
            body?.Write(_buffer.AsSpan(_start, part));
            _start += part;
            count -= part;
        }
    }

    private void Receive()
    {
        if (_start == _end)
            _start = _end = 0;
        else if (_end == _buffer.Length)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var received = _socket.Receive(_buffer.AsSpan(_end));
        if (received == 0)
            throw new EndOfStreamException("The server closed the connection in the middle of an answer.");
        _end += received;
    }

    private static string? Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var line = head; line.IndexOf("\r\n"u8) is var end and >= 0; line = line[(end + 2)..])
            if (end >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
                return Encoding.ASCII.GetString(line[name.Length..end]);
        return null;
    }
}
