using BackendApi.Sql;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace BackendApi.Tests.Injection;

internal enum SqlTokenKind { Name, Text, Parameter, Word, Number, Symbol, Comment, Broken }

/// <param name="Value">Of a quoted name what is quoted; everything else as it is written.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value);

/// <summary>The tokens of a statement as its database reads them, without blanks: T-SQL by Microsoft's own reader, the two others by the lexical rules of their manuals.</summary>
internal static class SqlTokens
{
    public static List<SqlToken> Of(string text, Dialect dialect) => dialect.Name == "SqlServer" ? OfTransactSql(text) : Standard(text);

    private static List<SqlToken> OfTransactSql(string text)
    {
        var tokens = new TSql150Parser(initialQuotedIdentifiers: true).GetTokenStream(new StringReader(text), out var errors);
        var read = tokens.Where(token => token.TokenType is not (TSqlTokenType.WhiteSpace or TSqlTokenType.EndOfFile)).Select(token => token.TokenType switch
        {
            TSqlTokenType.QuotedIdentifier => new SqlToken(SqlTokenKind.Name, Inner(token.Text, token.Text[^1])),
            TSqlTokenType.AsciiStringLiteral or TSqlTokenType.UnicodeStringLiteral => new(SqlTokenKind.Text, token.Text),
            TSqlTokenType.Variable => new(SqlTokenKind.Parameter, token.Text),
            TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment => new(SqlTokenKind.Comment, token.Text),
            TSqlTokenType.Integer or TSqlTokenType.Numeric or TSqlTokenType.Real => new(SqlTokenKind.Number, token.Text),
            TSqlTokenType.Identifier => new(SqlTokenKind.Word, token.Text),
            _ => new(SqlTokenKind.Symbol, token.Text),
        }).ToList();
        return errors.Count == 0 ? read : [.. read, new(SqlTokenKind.Broken, errors[0].Message)];
    }

    private static List<SqlToken> Standard(string text)
    {
        var tokens = new List<SqlToken>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            switch (text[at])
            {
                case var blank when char.IsWhiteSpace(blank):
                    at++;
                    continue;
                case '"' or '\'' or '`' when text[at] is var quote:
                    at = AfterQuoted(text, at, quote);
                    tokens.Add(at < 0 ? new(SqlTokenKind.Broken, text[start..])
                        : quote == '\'' ? new(SqlTokenKind.Text, text[start..at]) : new(SqlTokenKind.Name, Inner(text[start..at], quote)));
                    if (at < 0)
                        return tokens;
                    continue;
                case '-' when text.AsSpan(at).StartsWith("--"):
                    at = text.IndexOf('\n', at) is >= 0 and var line ? line : text.Length;
                    tokens.Add(new(SqlTokenKind.Comment, text[start..at]));
                    continue;
                case '/' when text.AsSpan(at).StartsWith("/*"):
                    at = text.IndexOf("*/", at, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : text.Length;
                    tokens.Add(new(SqlTokenKind.Comment, text[start..at]));
                    continue;
                case '$' or '?' or '@' when at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]):
                    for (at++; at < text.Length && char.IsLetterOrDigit(text[at]); at++) { }
                    tokens.Add(new(SqlTokenKind.Parameter, text[start..at]));
                    continue;
                case var digit when char.IsAsciiDigit(digit):
                    for (; at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '.'); at++) { }
                    tokens.Add(new(SqlTokenKind.Number, text[start..at]));
                    continue;
                case var letter when char.IsLetter(letter) || letter == '_':
                    for (; at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'); at++) { }
                    tokens.Add(new(SqlTokenKind.Word, text[start..at]));
                    continue;
                default:
                    at++;
                    tokens.Add(new(text[start] is '\0' or '$' ? SqlTokenKind.Broken : SqlTokenKind.Symbol, text[start..at]));
                    continue;
            }
        }
        return tokens;
    }

    /// <returns>Behind the closing quote; negative where there is none.</returns>
    private static int AfterQuoted(string text, int at, char quote)
    {
        for (at++; at < text.Length; at++)
            if (text[at] == quote && (at + 1 == text.Length || text[at + 1] != quote))
                return at + 1;
            else if (text[at] == quote)
                at++;
        return -1;
    }

    private static string Inner(string quoted, char close) => quoted[1..^1].Replace($"{close}{close}", $"{close}", StringComparison.Ordinal);
}
