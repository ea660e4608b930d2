using System.Globalization;
using System.Text;
using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary>
/// The regular expressions of <c>matchesPattern</c> (URL Conventions, 5.1.1.7.1): the part of ECMAScript's that every database can be given in the same
/// words. What is left out needs backtracking or means something else elsewhere, such as <c>\b</c>, a backspace in PostgreSQL.
/// </summary>
public ref struct MatchPattern
{
    // What PostgreSQL takes.
    private const int MostRepetitions = 255;
    private const int MostCharacters = 1000;
    private const string Blank = " \t\n\r\f\v";
    private const string Word = "A-Za-z0-9_";
    private const string Digit = "0-9";

    private readonly string _pattern;
    private readonly StringBuilder _text = new();
    private int _at;

    private MatchPattern(string pattern) => _pattern = pattern;

    /// <summary>The pattern in words that mean the same to .NET, PostgreSQL and RE2, but for <c>$</c>, which is the very end of the text.</summary>
    public static string Read(string pattern) =>
        pattern.Length <= MostCharacters ? new MatchPattern(pattern).Read() : throw new ServiceException(Errors.LimitExceeded, $"A pattern has at most {MostCharacters} characters.");

    /// <summary>The same of a pattern that comes out of the data; null when it is none, or one that is not supported.</summary>
    public static string? TryRead(string pattern)
    {
        try
        {
            return Read(pattern);
        }
        catch (ServiceException)
        {
            return null;
        }
    }

    private string Read()
    {
        var open = 0;
        // Whether there is something in front that can be repeated.
        var isAtom = false;
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            switch (c)
            {
                case '(':
                    if (Current == '?' && (_at + 1 >= _pattern.Length || _pattern[_at + 1] != ':'))
                        throw Unsupported("a group that begins with '(?'");
                    _at += Current == '?' ? 2 : 0;
                    _text.Append("(?:");
                    open++;
                    isAtom = false;
                    break;
                case ')':
                    if (open-- == 0)
                        throw Malformed("There is no group to close");
                    _text.Append(')');
                    isAtom = true;
                    break;
                case '|' or '^' or '$':
                    _text.Append(c);
                    isAtom = false;
                    break;
                case '*' or '+' or '?' or '{':
                    if (!isAtom)
                        throw Malformed("There is nothing to repeat");
                    _text.Append(c == '{' ? Bounds() : c.ToString());
                    if (Current == '?')
                        _text.Append(_pattern[_at++]);
                    isAtom = false;
                    break;
                case '[':
                    Class();
                    isAtom = true;
                    break;
                case '.':
                    _text.Append("[^\n\r]");
                    isAtom = true;
                    break;
                case '\\':
                    if (ClassOf(Current) is { } members)
                    {
                        _at++;
                        _text.Append('[').Append(members).Append(']');
                    }
                    else
                        Literal(Escaped());
                    isAtom = true;
                    break;
                default:
                    Literal(c);
                    isAtom = true;
                    break;
            }
        }
        return open == 0 ? _text.ToString() : throw Malformed("A group is not closed");
    }

    private readonly char Current => _at < _pattern.Length ? _pattern[_at] : '\0';

    private readonly void Literal(char c)
    {
        if (c is '\\' or '.' or '+' or '*' or '?' or '(' or ')' or '|' or '[' or ']' or '{' or '}' or '^' or '$')
            _text.Append('\\');
        _text.Append(c);
    }

    private string Bounds()
    {
        var end = _pattern.IndexOf('}', _at);
        var parts = end < 0 ? [] : _pattern[_at..end].Split(',');
        if (parts.Length is not (1 or 2) || Number(parts[0]) is not { } least || parts.Length == 2 && parts[1].Length > 0 && !(Number(parts[1]) >= least))
            throw Malformed($"Expected {{n}}, {{n,}} or {{n,m}} with numbers up to {MostRepetitions}");
        _at = end + 1;
        return $"{{{string.Join(',', parts)}}}";

        static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostRepetitions ? number : null;
    }

    private void Class()
    {
        _text.Append('[');
        if (Current == '^')
            _text.Append(_pattern[_at++]);
        if (Current == ']')
            throw Unsupported("empty brackets");
        while (Current != ']')
        {
            if (_at >= _pattern.Length)
                throw Malformed("A bracket is not closed");
            if (Current == '[' && _at + 1 < _pattern.Length && _pattern[_at + 1] is ':' or '.' or '=')
                throw Unsupported("named classes of characters");
            if (Current == '\\' && _at + 1 < _pattern.Length && ClassOf(_pattern[_at + 1]) is { } members)
            {
                if (members[0] == '^')
                    throw Unsupported("a negated class inside brackets");
                _at += 2;
                _text.Append(members);
                continue;
            }
            var first = Member();
            if (Current != '-' || _at + 1 >= _pattern.Length || _pattern[_at + 1] == ']')
                continue;
            _at++;
            _text.Append('-');
            if (Member() < first)
                throw Malformed("A range goes downwards");
        }
        _at++;
        _text.Append(']');
    }

    private char Member()
    {
        var c = _pattern[_at++];
        if (c == '\\')
            c = Escaped();
        if (char.IsSurrogate(c))
            throw Unsupported("characters beyond U+FFFF inside brackets");
        if (c is '\\' or '[' or ']' or '^' or '-' or '$')
            _text.Append('\\');
        _text.Append(c);
        return c;
    }

    private static string? ClassOf(char letter) => letter switch
    {
        'd' => Digit,
        'D' => "^" + Digit,
        'w' => Word,
        'W' => "^" + Word,
        's' => Blank,
        'S' => "^" + Blank,
        _ => null,
    };

    /// <summary>The character that stands behind a backslash means.</summary>
    private char Escaped()
    {
        if (_at >= _pattern.Length)
            throw Malformed("A backslash stands at the end");
        var c = _pattern[_at++];
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'x' or 'u':
                var digits = c == 'x' ? 2 : 4;
                if (_at + digits > _pattern.Length || !ushort.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code == 0)
                    throw Malformed("Expected the number of a character");
                _at += digits;
                return (char)code;
            default:
                return char.IsAsciiLetterOrDigit(c) ? throw Unsupported($"'\\{c}'") : c;
        }
    }

    private readonly ServiceException Malformed(string problem) =>
        new(Errors.MalformedUrl, $"The pattern of matchesPattern is not a regular expression: {problem} at position {_at}.");

    private readonly ServiceException Unsupported(string what) =>
        new(Errors.NotImplemented, $"matchesPattern does not support {what}, at position {_at} of the pattern.");
}
