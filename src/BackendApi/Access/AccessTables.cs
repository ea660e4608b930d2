using BackendApi.Model;

namespace BackendApi.Access;

/// <summary>The product's own tables that hold who may call. docs/reference/access.md describes them.</summary>
public static class AccessTables
{
    public static readonly TableSchema Users = Table("backend_user", ["name"],
    [
        Text("name", 128),
        Text("password_hash", 256),
        new("created_at", Instant, IsNullable: false),
        new("changed_at", Instant, IsNullable: false),
    ]);

    /// <summary>Keys at rest: the SHA-256 of the key is enough, because a key is 256 random bits that nobody can guess from its hash.</summary>
    public static readonly TableSchema ApiKeys = Table("backend_api_key", ["name"],
    [
        Text("name", 128),
        Text("hash", 64),
        Text("last_characters", 4),
        new("created_at", Instant, IsNullable: false),
        Text("created_by", 128),
        new("valid_to", Instant, IsNullable: true),
    ], [new("uq_backend_api_key_hash", ["hash"])]);

    /// <summary>Random secrets that all nodes share: what signs access tokens and next links.</summary>
    public static readonly TableSchema SharedSecrets = Table("backend_secret", ["purpose", "id"],
    [
        Text("purpose", 64),
        Text("id", 32),
        Text("value", 128),
        new("created_at", Instant, IsNullable: false),
    ]);

    public static readonly IReadOnlyList<TableSchema> All = [Users, ApiKeys, SharedSecrets];

    private static ColumnType Instant => new(ValueKind.DateTimeOffset, "", Precision: 6);

    private static ColumnSchema Text(string name, int length) => new(name, new(ValueKind.String, "", length), IsNullable: false);

    private static TableSchema Table(string name, string[] key, ColumnSchema[] columns, UniqueKey[]? unique = null) =>
        new(new(null, name), columns, key, unique ?? [], []);
}
