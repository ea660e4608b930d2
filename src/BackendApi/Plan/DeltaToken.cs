using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>The <c>$deltatoken</c> of a delta link, or of a next link among the pages behind one: the place in the change log that has been told. Opaque and signed.</summary>
/// <param name="Stamp">Entries from this stamp on are to be told, of those with this very stamp the ones with a greater <paramref name="Id"/>.</param>
/// <param name="Pages">Set on a next link.</param>
public sealed record DeltaToken(long Stamp, long Id, DeltaPages? Pages)
{
    /// <summary>The beginning of what the delta link tells, all pages together.</summary>
    public long Since => Pages?.Since ?? Stamp;

    public string Encode(byte[] key, EntitySetModel set) => SignedToken.Encode(key, Subject(set), writer =>
    {
        writer.Write(set.Changes!.Fingerprint);
        writer.Write7BitEncodedInt64(Stamp);
        writer.Write7BitEncodedInt64(Id);
        if (Pages is not { } pages)
            return;
        writer.Write7BitEncodedInt64(pages.Since);
        writer.Write7BitEncodedInt64(pages.Until);
        writer.Write7BitEncodedInt64(pages.Next);
    });

    /// <exception cref="ServiceException">400 when the token was not issued for this set; 410 when the set shows something else since.</exception>
    public static DeltaToken Decode(string text, byte[] key, EntitySetModel set)
    {
        using var reader = SignedToken.Open(text, key, Subject(set)) ?? throw Invalid();
        if (reader.ReadInt64() != set.Changes!.Fingerprint)
            throw Expired("What is published of this set has changed since the link was given.");
        var (stamp, id) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        return new(stamp, id, reader.BaseStream.Position == reader.BaseStream.Length
            ? null
            : new(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64()));
    }

    internal static ServiceException Invalid() =>
        new(Errors.InvalidNextLink, "The $deltatoken was not issued for this request. Follow delta links as they are, or read the set again.", "$deltatoken");

    /// <summary>410: the client has to begin again (Protocol 11.3).</summary>
    internal static ServiceException Expired(string why) =>
        new(Errors.DeltaLinkExpired, why + " Read the whole set again with Prefer: track-changes, and go on from its new delta link.", "$deltatoken");

    private static string Subject(EntitySetModel set) => "delta " + set.Name;
}

/// <param name="Since">Where the first page began.</param>
/// <param name="Until">Entries from this stamp on belong to the next delta link.</param>
/// <param name="Next">Where that link begins: before <paramref name="Until"/> where transactions were under way when the first page was asked for.</param>
public sealed record DeltaPages(long Since, long Until, long Next);
