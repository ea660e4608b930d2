using System.Globalization;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>The text of enumeration literals: what stands between the apostrophes, with the type's name in front of them or without (4.01).</summary>
internal static class EnumLiterals
{
    /// <summary>Members of an enumeration, by name or by value, separated by commas when it is one of flags; null when the text names none.</summary>
    public static EnumValue? Read(IEdmEnumType type, ReadOnlySpan<char> text)
    {
        long combined = 0;
        string? single = null;
        var count = 0;
        foreach (var range in text.Split(','))
        {
            var part = text[range].Trim(' ');
            if (++count > 1 && !type.IsFlags || part.IsEmpty)
                return null;
            if (Member(type, part) is { } member)
            {
                single = member.Name;
                combined |= member.Value.Value;
            }
            else if (type.IsFlags && long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits))
            {
                single = null;
                combined |= bits;
            }
            else
                return null;
        }
        if (count == 1 && single is not null)
            return new EnumValue(type, [single]);

        var members = new List<string>();
        long covered = 0;
        foreach (var member in type.Members)
        {
            if (member.Value.Value == 0 || (combined & member.Value.Value) != member.Value.Value)
                continue;
            members.Add(member.Name);
            covered |= member.Value.Value;
        }
        return covered == combined && members.Count > 0 ? new EnumValue(type, members) : null;
    }

    private static IEdmEnumMember? Member(IEdmEnumType type, ReadOnlySpan<char> text)
    {
        IEdmEnumMember? near = null;
        var nearCount = 0;
        foreach (var member in type.Members)
        {
            if (text.SequenceEqual(member.Name))
                return member;
            if (!text.Equals(member.Name, StringComparison.OrdinalIgnoreCase))
                continue;
            near = member;
            nearCount++;
        }
        if (nearCount == 1)
            return near;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            foreach (var member in type.Members)
                if (member.Value.Value == value)
                    return member;
        return null;
    }
}
