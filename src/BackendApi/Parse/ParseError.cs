using System.Text;
using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary>Errors that show the client the place: a sentence with the position, the decoded text, and a caret under it.</summary>
internal static class ParseError
{
    // A long text is shown as a window around the place, so that the answer does not grow with the URL.
    private const int Before = 80;
    private const int After = 60;

    /// <param name="position">In characters of <paramref name="text"/>, counted from 0.</param>
    public static ServiceException At(ErrorRow row, string sentence, string text, int position, string option, string hint = "")
    {
        position = Math.Clamp(position, 0, text.Length);
        var start = position > Before ? position - Before : 0;
        var end = text.Length - position > After ? position + After : text.Length;
        if (start > 0 && char.IsLowSurrogate(text[start]))
            start--;
        if (end < text.Length && char.IsLowSurrogate(text[end]))
            end++;

        var message = new StringBuilder(sentence).Append(" at position ").Append(position).Append(" of ").Append(option).Append('.');
        if (hint.Length > 0)
            message.Append(' ').Append(hint);
        message.Append('\n').Append(start > 0 ? "..." : "");
        foreach (var c in text.AsSpan(start, end - start))
            message.Append(char.IsControl(c) ? ' ' : c);
        message.Append(end < text.Length ? "..." : "").Append('\n').Append(' ', position - start + (start > 0 ? 3 : 0)).Append('^');
        return new ServiceException(row, message.ToString(), option);
    }
}
