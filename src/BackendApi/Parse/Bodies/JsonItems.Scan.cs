using System.Buffers;
using System.Globalization;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

public sealed partial class JsonItems
{
    private enum Phase { Start, Members, Value, Items, End }

    /// <summary>
    /// Where the reading stands. Tokens are read once, with the state kept between buffers, so that neither a slow client nor a long item makes
    /// the work more than the length of the body.
    /// </summary>
    private sealed class Scan(string list, JsonItemLimits limits)
    {
        private readonly string list = list;
        private readonly HashSet<string> names = [];
        private ReadOnlySequence<byte> buffer;
        private bool isCompleted;
        private JsonReaderState state = new(Reader);
        private Phase phase;
        private string name = "";
        private bool isItem;
        private bool hasList;
        private bool isWithin;
        private int outerDepth;
        private int items;
        /// <summary>Bytes of the buffer that are read.</summary>
        private long position;
        /// <summary>Where in the buffer the value begins that is being read; what lies before is no longer needed.</summary>
        private long start;
        private long bytesBefore;

        public bool IsSingle { get; private set; }

        public bool IsAtEnd => phase == Phase.End && isCompleted;

        /// <summary>The buffer from here on is needed again.</summary>
        public SequencePosition Consumed => buffer.GetPosition(isWithin ? start : position);

        public void Take(ReadOnlySequence<byte> next, bool isLast)
        {
            var consumed = isWithin ? start : position;
            bytesBefore += consumed;
            position -= consumed;
            start = 0;
            (buffer, isCompleted) = (next, isLast);
            if (bytesBefore + buffer.Length > limits.BodyBytes)
                throw new ServiceException(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The body is longer than the {limits.BodyBytes:N0} bytes that are read here."));
        }

        /// <summary>The mark that some clients put in front of UTF-8.</summary>
        /// <returns>False when more bytes must come to tell.</returns>
        public bool SkipMark()
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            Span<byte> first = stackalloc byte[3];
            var length = (int)Math.Min(buffer.Length, 3);
            buffer.Slice(0, length).CopyTo(first);
            if (!mark.StartsWith(first[..length]))
                return true;
            if (length < 3)
                return isCompleted;
            position = 3;
            return true;
        }

        /// <summary>The next whole value; null when more bytes must come, or there is none.</summary>
        public Found? Next()
        {
            try
            {
                var reader = new Utf8JsonReader(buffer.Slice(position), isCompleted, state);
                var from = position;
                Found? found = null;
                while (found is null && reader.Read())
                    found = Token(ref reader, from);
                state = reader.CurrentState;
                position = from + reader.BytesConsumed;
                if (isWithin && position - start > limits.ItemBytes || isWithin && buffer.Length - start > limits.ItemBytes && found is null)
                    throw TooLong();
                if (found is null && isCompleted)
                    CheckEnd();
                return found;
            }
            catch (JsonException malformed)
            {
                throw IsBlank() ? Empty() : new ServiceException(Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture,
                    $"The body is not valid JSON{(isCompleted && IsCutOff() ? ": it ends too early," : "")} at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}."));
            }
        }

        private Found? Token(ref Utf8JsonReader reader, long from)
        {
            if (reader.CurrentDepth - outerDepth > limits.Depth && isWithin)
                throw new ServiceException(Errors.LimitExceeded, $"Objects and lists nest deeper than the {limits.Depth} levels that are allowed.", Place());
            if (isWithin)
                return reader.CurrentDepth == outerDepth && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray ? Whole(from + reader.BytesConsumed) : null;
            switch (phase)
            {
                case Phase.Start when reader.TokenType == JsonTokenType.StartObject:
                    phase = Phase.Members;
                    return null;
                case Phase.Start or Phase.Value when reader.TokenType == JsonTokenType.StartArray && (phase == Phase.Start || name == list):
                    phase = Phase.Items;
                    name = list;
                    hasList = true;
                    return null;
                case Phase.Start:
                    throw Expected();
                case Phase.Members when reader.TokenType == JsonTokenType.PropertyName:
                    Name(ref reader);
                    return null;
                case Phase.Members:
                    phase = Phase.End;
                    return null;
                case Phase.Items when reader.TokenType == JsonTokenType.EndArray:
                    phase = reader.CurrentDepth == 0 ? Phase.End : Phase.Members;
                    return null;
                default:
                    return Begin(ref reader, from);
            }
        }

        private void Name(ref Utf8JsonReader reader)
        {
            try
            {
                name = reader.GetString()!;
            }
            // Half of a surrogate pair, or bytes that are not UTF-8.
            catch (InvalidOperationException)
            {
                throw new ServiceException(Errors.InvalidBody, "The name of a member is not Unicode.");
            }
            if (!names.Add(name))
                throw new ServiceException(Errors.InvalidBody, $"The body names the member '{ValueTexts.Bounded(name)}' twice.", ValueTexts.Bounded(name));
            phase = Phase.Value;
        }

        /// <summary>An item, or the value of a member.</summary>
        private Found? Begin(ref Utf8JsonReader reader, long from)
        {
            isItem = phase == Phase.Items || name == list;
            if (isItem && phase == Phase.Value)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw Expected();
                IsSingle = hasList = true;
            }
            start = from + reader.TokenStartIndex;
            outerDepth = reader.CurrentDepth;
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                return Whole(from + reader.BytesConsumed);
            isWithin = true;
            return null;
        }

        private Found Whole(long end)
        {
            if (end - start > limits.ItemBytes)
                throw TooLong();
            isWithin = false;
            if (phase == Phase.Value)
                phase = Phase.Members;
            return new(name, isItem, isItem ? items++ : 0, buffer.Slice(start, end - start));
        }

        private void CheckEnd()
        {
            if (!hasList)
                throw phase == Phase.Start ? Empty() : Expected();
        }

        private bool IsBlank()
        {
            if (phase != Phase.Start)
                return false;
            foreach (var piece in buffer.Slice(position))
                if (piece.Span.ContainsAnyExcept(" \t\r\n"u8))
                    return false;
            return true;
        }

        private static ServiceException Empty() => new(Errors.InvalidBody, "The body is empty.");

        /// <summary>The reader stopped because there was nothing more, not because of what there was.</summary>
        private bool IsCutOff()
        {
            try
            {
                // The same bytes are in order as the beginning of something.
                var reader = new Utf8JsonReader(buffer.Slice(position), isFinalBlock: false, state);
                while (reader.Read())
                {
                }
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }

        private string Place() => isItem ? string.Create(CultureInfo.InvariantCulture, $"{name}[{items}]") : name;

        private ServiceException TooLong() =>
            new(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"This is longer than the {limits.ItemBytes:N0} bytes that one may have."), Place());

        private ServiceException Expected() => new(Errors.InvalidBody, $"An object with a list named {list} is expected: {{\"{list}\":[…]}}.");
    }
}
