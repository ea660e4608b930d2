using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <param name="BodyBytes">The longest body.</param>
/// <param name="ItemBytes">The longest item, and the longest value of another member.</param>
/// <param name="Depth">How deep objects and lists may nest within an item.</param>
public sealed record JsonItemLimits(long BodyBytes, int ItemBytes, int Depth = 64);

/// <summary>
/// Reads the items of one list in a JSON body, one after another as they arrive: <c>{"data":[{…},{…}]}</c>, or a body that is a list itself. Never more than one item
/// and what the pipe buffers is in memory. A body that ends too early, is malformed, or is beyond a limit ends the reading with its place in the whole body.
/// </summary>
/// <param name="list">The name of the member that holds the list.</param>
/// <param name="other">Told of every other member as it is met, before or behind the list. The value is valid during the call only.</param>
public sealed partial class JsonItems(PipeReader body, string list, JsonItemLimits limits, Action<string, JsonElement>? other = null)
{
    private static readonly JsonDocumentOptions Document = new() { AllowDuplicateProperties = false, MaxDepth = int.MaxValue };
    private static readonly JsonReaderOptions Reader = new() { MaxDepth = int.MaxValue };

    /// <summary>The member is one object instead of a list, or the body has one item without a list around it. Known with the first item.</summary>
    public bool IsSingle { get; private set; }

    /// <summary>Each item is valid until the next is asked for.</summary>
    /// <exception cref="ServiceException">400: malformed, cut off, without the list, beyond a limit; with line and byte, both counted from 1.</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var scan = new Scan(list, limits);
        var isFirst = true;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.IsCanceled)
                throw new OperationCanceledException(cancellation);
            // A pipe that is left in the middle of a read breaks the connection, and the client never learns what was wrong.
            var consumed = read.Buffer.Start;
            try
            {
                scan.Take(read.Buffer, read.IsCompleted);
                if (isFirst && !scan.SkipMark())
                    continue;
                isFirst = false;
                while (scan.Next() is { } found)
                {
                    using var document = found.Parse(Document);
                    if (found.IsItem)
                    {
                        IsSingle = scan.IsSingle;
                        yield return document.RootElement;
                    }
                    else
                        other?.Invoke(found.Name, document.RootElement);
                }
                consumed = scan.IsAtEnd ? read.Buffer.End : scan.Consumed;
                if (scan.IsAtEnd)
                    yield break;
            }
            finally
            {
                body.AdvanceTo(consumed, read.Buffer.End);
            }
        }
    }

    /// <summary>A whole value within the body.</summary>
    /// <param name="Name">Of the member; of an item, that of its list.</param>
    private readonly record struct Found(string Name, bool IsItem, int Index, ReadOnlySequence<byte> Bytes)
    {
        public JsonDocument Parse(JsonDocumentOptions options)
        {
            try
            {
                return JsonDocument.Parse(Bytes, options);
            }
            // Well formed it is; the latter for half of a surrogate pair in a name.
            catch (Exception twice) when (twice is JsonException or InvalidOperationException)
            {
                throw new ServiceException(Errors.InvalidBody, "The object names a member twice, or a name in it is not Unicode.",
                    IsItem ? string.Create(CultureInfo.InvariantCulture, $"{Name}[{Index}]") : Name);
            }
        }
    }
}
