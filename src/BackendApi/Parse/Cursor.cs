using System.Diagnostics.CodeAnalysis;
using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary>A place in the decoded text of one option, and the few moves that a grammar rule makes from there.</summary>
internal struct Cursor(string text, string option)
{
    /// <summary>What errors name: the option as it is written with its dollar sign, or the alias.</summary>
    public readonly string Option = option;
    public readonly string Text = text;
    /// <summary>The first character that this cursor does not read: the end of the text or of a path segment.</summary>
    public int End = text.Length;
    public int Position;

    public readonly bool AtEnd => Position >= End;

    /// <summary>The next character; NUL at the end. Decoding refuses NUL, so no text holds one.</summary>
    public readonly char Current => Position < End ? Text[Position] : '\0';

    public readonly char Ahead(int offset) => Position + offset < End ? Text[Position + offset] : '\0';

    public readonly ReadOnlySpan<char> Rest => Text.AsSpan(Position, End - Position);

    public readonly Position From(int start) => new(start, Position - start);

    public readonly ReadOnlySpan<char> Since(int start) => Text.AsSpan(start, Position - start);

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
            Position++;
    }

    public bool TryTake(char expected)
    {
        if (Current != expected)
            return false;
        Position++;
        return true;
    }

    public void Take(char expected)
    {
        if (!TryTake(expected))
            throw Malformed($"Expected '{expected}'");
    }

    /// <summary>Takes the text when it comes next, in any case.</summary>
    public bool TryTake(ReadOnlySpan<char> expected)
    {
        if (!Rest.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
            return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>Takes the word when it comes next, in any case, and no identifier goes on behind it.</summary>
    public bool TryTakeWord(ReadOnlySpan<char> word)
    {
        if (!Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) || IsIdentifierPart(Ahead(word.Length)))
            return false;
        Position += word.Length;
        return true;
    }

    /// <summary>The identifier that comes next; empty when there is none. Does not move.</summary>
    public readonly ReadOnlySpan<char> PeekIdentifier()
    {
        if (!IsIdentifierStart(Current))
            return [];
        var end = Position + 1;
        while (end < End && IsIdentifierPart(Text[end]))
            end++;
        return Text.AsSpan(Position, end - Position);
    }

    /// <summary>The identifier with its dots and further identifiers, such as <c>Demo.Status</c>. Does not move.</summary>
    public readonly ReadOnlySpan<char> PeekQualifiedName()
    {
        var end = Position + PeekIdentifier().Length;
        while (end > Position && end + 1 < End && Text[end] == '.' && IsIdentifierStart(Text[end + 1]))
        {
            end += 2;
            while (end < End && IsIdentifierPart(Text[end]))
                end++;
        }
        return Text.AsSpan(Position, end - Position);
    }

    public static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c == '_' || c > '\x7f' && char.IsLetter(c);

    public static bool IsIdentifierPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > '\x7f' && char.IsLetterOrDigit(c);

    /// <summary>A 400 that points at the current place.</summary>
    public readonly ServiceException Malformed(string sentence) => Error(Errors.MalformedUrl, sentence, Position);

    /// <summary>An error that points into this text.</summary>
    /// <param name="hint">A sentence behind the position, such as a suggestion.</param>
    public readonly ServiceException Error(ErrorRow row, string sentence, int position, string hint = "") =>
        ParseError.At(row, sentence, Text, position, Option, hint);

    [DoesNotReturn]
    public readonly void Fail(string sentence) => throw Malformed(sentence);
}
