using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Sql.Audit;

/// <summary>
/// What a transaction has changed, as entries of <see cref="AuditTables"/>: one for each set and operation with all of its rows, because a load of a thousand rows would otherwise
/// become another load of a thousand rows. They are written at the end of what they tell of, in its transaction.
/// </summary>
internal sealed class AuditTrail(Origin origin, Dialect dialect)
{
    public const string Create = "Create", Update = "Update", Delete = "Delete", Link = "Link", Unlink = "Unlink";

    /// <summary>Stands for a value that was not read.</summary>
    public static readonly object Untold = new();

    /// <summary>An entry that is longer is continued by another: longer strings are not collected before everything else is.</summary>
    private const int MostBytes = 40_000;

    private readonly List<Page> _pages = [];
    private readonly HashSet<(string Set, string Key)> _remembered = [];

    public void Created(EntitySetModel set, IReadOnlyList<ColumnSchema> columns, object?[][] rows, IReadOnlyList<ColumnSchema> told, object?[][]? toldValues)
    {
        var (names, toldNames) = (NamesOf(set, columns), NamesOf(set, told));
        for (var i = 0; i < rows.Length; i++)
        {
            var theirs = toldValues?[i] ?? [];
            var json = Begin(set.Name, Create, KeyOf(set, columns, rows[i], told, theirs));
            json.WriteStartObject("after");
            Write(json, names, rows[i]);
            Write(json, toldNames, theirs);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <param name="before">The values that <paramref name="columns"/> had.</param>
    /// <param name="after">Those that they have now. Columns that stay the same are left out, and so is a row that does.</param>
    public void Updated(EntitySetModel set, IReadOnlyList<object> key, IReadOnlyList<ColumnSchema> columns, object?[] before, object?[] after)
    {
        var changed = Enumerable.Range(0, columns.Count).Where(i => !IsSame(before[i], after[i])).ToArray();
        if (changed.Length == 0)
            return;
        var names = NamesOf(set, [.. changed.Select(i => columns[i])]);
        var json = Begin(set.Name, Update, KeyText(set, key));
        Write(json, "before", names, [.. changed.Select(i => before[i])]);
        Write(json, "after", names, [.. changed.Select(i => after[i])]);
        json.WriteEndObject();
    }

    public void Deleted(EntitySetModel set, IReadOnlyList<object> key, IReadOnlyList<ColumnSchema> columns, object?[] before)
    {
        var json = Begin(set.Name, Delete, KeyText(set, key));
        Write(json, "before", NamesOf(set, columns), before);
        json.WriteEndObject();
    }

    /// <summary>A row of a link table, which is named by the relation.</summary>
    public void Linked(NavigationModel navigation, bool isRemoved, IReadOnlyList<ColumnSchema> columns, object?[] values) =>
        Row(NameOf(navigation), isRemoved ? Unlink : Link, columns, isRemoved ? values : null, isRemoved ? null : values);

    public static string NameOf(NavigationModel navigation) => $"{navigation.Source.Name}/{navigation.Name}";

    /// <summary>A row that is no entity.</summary>
    public void Row(string name, string operation, IReadOnlyList<ColumnSchema> columns, object?[]? before, object?[]? after)
    {
        var json = Begin(name, operation, null);
        JsonEncodedText[] names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, AuditJson.Options.Encoder))];
        if (before is not null)
            Write(json, "before", names, before);
        if (after is not null)
            Write(json, "after", names, after);
        json.WriteEndObject();
    }

    public void Documented(string set, string key, JsonElement? before, JsonElement? after)
    {
        var json = Begin(set, before is null ? Create : after is null ? Delete : Update, key);
        Write("before", before, after);
        Write("after", after, before);
        json.WriteEndObject();

        void Write(string member, JsonElement? document, JsonElement? other)
        {
            if (document is not { } known)
                return;
            json.WriteStartObject(member);
            foreach (var property in known.EnumerateObject())
                if (other is not { } compared || !compared.TryGetProperty(property.Name, out var same) || !JsonElement.DeepEquals(property.Value, same))
                    property.WriteTo(json);
            json.WriteEndObject();
        }
    }

    /// <summary>Something that is no change of rows: the call of an action, a lock.</summary>
    /// <param name="subject">A set; null for none.</param>
    public void Done(string? subject, string operation, string? key, Action<Utf8JsonWriter>? after = null, Action<Utf8JsonWriter>? before = null)
    {
        var json = Begin(subject, operation, key);
        Write("before", before);
        Write("after", after);
        json.WriteEndObject();

        void Write(string member, Action<Utf8JsonWriter>? members)
        {
            if (members is null)
                return;
            json.WriteStartObject(member);
            members(json);
            json.WriteEndObject();
        }
    }

    /// <summary>A statement that changed the row has told of it: nobody has to tell again.</summary>
    public void Remember(EntitySetModel set, IReadOnlyList<object> key) => _remembered.Add((set.Name, KeyText(set, key)));

    public bool Remembers(EntitySetModel set, IReadOnlyList<object> key) => _remembered.Contains((set.Name, KeyText(set, key)));

    /// <summary>Stores the entries of everything so far, which is forgotten.</summary>
    public async Task WriteAsync(Session session, CancellationToken cancellation)
    {
        foreach (var statement in TakeStatements(dialect.Write))
            await session.ExecuteAsync(statement, cancellation);
    }

    /// <summary>The statements that store the entries of everything so far, which is forgotten.</summary>
    /// <param name="write">Knows the texts of changes, or makes them.</param>
    public IEnumerable<Statement> TakeStatements(Func<Change, Statement> write) => TakeEntries().Chunk(dialect.MaxRows(AuditTables.Written.Count))
        .Select(entries => write(new Change.Insert(AuditTables.Entries.Name, AuditTables.Written, entries, [])));

    /// <summary>The rows of <see cref="AuditTables.Written"/> for everything so far, which is forgotten.</summary>
    private object?[][] TakeEntries()
    {
        var entries = new object?[_pages.Count][];
        for (var i = 0; i < entries.Length; i++)
        {
            using var page = _pages[i];
            entries[i] = Entry(origin, page.Operation, page.Set, page.Rows == 1 ? page.Key : null, page.Rows, page.Text());
        }
        _pages.Clear();
        return entries;
    }

    /// <summary>A row of <see cref="AuditTables.Written"/>.</summary>
    public static object?[] Entry(Origin origin, string operation, string? set, string? key, int rows, string changes) =>
    [
        origin.At, Clean(origin.RequestId, 64), Clean(origin.Caller.Name, 256), KindOf(origin.Caller.Kind), origin.Address, operation, set,
        Bounded(key), rows, changes,
    ];

    /// <summary>The values of <see cref="AuditedChange.Given"/> for a new row.</summary>
    /// <param name="made">The key, where the database makes it.</param>
    public static object?[] Created(Origin origin, EntitySetModel set, ColumnSchema? made, IReadOnlyList<ColumnSchema> columns, object?[] values)
    {
        var after = AuditJson.Text(json =>
        {
            json.WriteStartObject();
            Write(json, NamesOf(set, columns), values);
            json.WriteEndObject();
        });
        if (made is null)
        {
            var key = KeyOf(set, columns, values, [], []) ?? "";
            return [.. Own(origin, Create, set), Bounded(key), $"[{{\"key\":{AuditJson.Text(json => json.WriteStringValue(key))},\"after\":{after}}}]"];
        }
        var quote = made.Type.Kind == ValueKind.Guid ? "\"" : "";
        return [.. Own(origin, Create, set), "[{\"key\":\"", $"\",\"after\":{after[..^1]}{(after.Length > 2 ? "," : "")}\"{set.Whole.AuditNames[made]}\":{quote}", quote + "}}]"];
    }

    /// <summary>The same for a row that is changed or deleted: up to what it was.</summary>
    public static object?[] Begun(Origin origin, EntitySetModel set, string operation, IReadOnlyList<object> key)
    {
        var text = KeyText(set, key);
        return [.. Own(origin, operation, set), Bounded(text), $"[{{\"key\":{AuditJson.Text(json => json.WriteStringValue(text))},\"before\":{{"];
    }

    private static object?[] Own(Origin origin, string operation, EntitySetModel set) =>
        [origin.At, Clean(origin.RequestId, 64), Clean(origin.Caller.Name, 256), KindOf(origin.Caller.Kind), origin.Address, operation, set.Name, 1];

    private static string? Bounded(string? key) => key is { Length: > AuditTables.KeyLength } ? null : key;

    /// <summary>The key as it stands in the entity's address.</summary>
    public static string KeyText(EntitySetModel set, IReadOnlyList<object> key) => set.IsSingleton ? ""
        : key.Count == 1 ? Stream.EntityUrl.Literal(key[0], set.Key[0].Kind)
        : string.Join(',', set.Key.Select((property, i) => $"{property.Name}={Stream.EntityUrl.Literal(key[i], property.Kind)}"));

    /// <summary>Bytes are compared too, not the arrays that hold them.</summary>
    private static bool IsSame(object? one, object? other) => System.Collections.StructuralComparisons.StructuralEqualityComparer.Equals(one, other);

    private static string? KeyOf(EntitySetModel set, IReadOnlyList<ColumnSchema> columns, object?[] values, IReadOnlyList<ColumnSchema> told, object?[] toldValues)
    {
        var key = new object[set.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            var column = set.Key[i].Column;
            var place = IndexOf(columns, column);
            var value = place >= 0 ? values[place] : IndexOf(told, column) is >= 0 and var other ? toldValues[other] : null;
            if (value is null)
                return null;
            key[i] = value;
        }
        return KeyText(set, key);
    }

    private static int IndexOf(IReadOnlyList<ColumnSchema> columns, ColumnSchema column)
    {
        for (var i = 0; i < columns.Count; i++)
            if (ReferenceEquals(columns[i], column))
                return i;
        return -1;
    }

    /// <summary>Properties have their names, also those that the caller does not see; other columns have their own.</summary>
    public static JsonEncodedText[] NamesOf(EntitySetModel set, IReadOnlyList<ColumnSchema> columns)
    {
        var known = set.Whole.AuditNames;
        var names = new JsonEncodedText[columns.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = known.TryGetValue(columns[i], out var name) ? name : JsonEncodedText.Encode(columns[i].Name, AuditJson.Options.Encoder);
        return names;
    }

    private static void Write(Utf8JsonWriter json, string member, JsonEncodedText[] names, object?[] values)
    {
        json.WriteStartObject(member);
        Write(json, names, values);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonEncodedText[] names, object?[] values)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (ReferenceEquals(values[i], Untold))
                continue;
            json.WritePropertyName(names[i]);
            AuditJson.Write(json, values[i]);
        }
    }

    private Utf8JsonWriter Begin(string? set, string operation, string? key)
    {
        var page = Find(set, operation);
        page.Rows++;
        page.Json.WriteStartObject();
        if ((page.Key = key) is not null)
            page.Json.WriteString("key", key);
        return page.Json;
    }

    private Page Find(string? set, string operation)
    {
        for (var i = _pages.Count - 1; i >= 0; i--)
            if (_pages[i] is var page && page.Set == set && page.Operation == operation)
            {
                if (page.Length < MostBytes)
                    return page;
                break;
            }
        _pages.Add(new(set, operation));
        return _pages[^1];
    }

    /// <summary>What another issuer calls its users is none of our names; what is no character of a line is none of the log's.</summary>
    private static string Clean(string text, int length)
    {
        var isClean = text.Length <= length;
        for (var i = 0; i < text.Length && isClean; i++)
            isClean = !char.IsControl(text[i]) && !char.IsSurrogate(text[i]);
        return isClean ? text : string.Concat(text.Take(length).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '\uFFFD' : character));
    }

    private static string KindOf(CallerKind kind) => kind switch
    {
        CallerKind.User => nameof(CallerKind.User),
        CallerKind.ApiKey => nameof(CallerKind.ApiKey),
        CallerKind.Client => nameof(CallerKind.Client),
        CallerKind.Outside => nameof(CallerKind.Outside),
        _ => nameof(CallerKind.System),
    };

    /// <summary>An entry that is being written.</summary>
    private sealed class Page : IDisposable
    {
        private readonly Stream.PooledBuffer _buffer = new(1024);

        public Page(string? set, string operation)
        {
            (Set, Operation, Json) = (set, operation, new(_buffer, AuditJson.Options));
            Json.WriteStartArray();
        }

        public string? Set { get; }
        public string Operation { get; }
        public Utf8JsonWriter Json { get; }
        public int Rows { get; set; }
        public string? Key { get; set; }
        public long Length => Json.BytesCommitted + Json.BytesPending;

        public string Text()
        {
            Json.WriteEndArray();
            Json.Flush();
            return Encoding.UTF8.GetString(_buffer.Written);
        }

        public void Dispose()
        {
            Json.Dispose();
            _buffer.Dispose();
        }
    }
}
