using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Access;

/// <summary>The product's own tables that hold who may call.</summary>
public static class AccessTables
{
    public static readonly TableSchema Users = Table("backend_user", ["name"],
        Column.Text("name", 128), Column.Text("password_hash", 256), Column.Instant("created_at"), Column.Instant("changed_at"));

    /// <summary>Keys at rest: the SHA-256 of the key is enough, because a key is 256 random bits that nobody can guess from its hash.</summary>
    public static readonly TableSchema ApiKeys = Table("backend_api_key", ["name"],
        Column.Text("name", 128), Column.Text("hash", 64), Column.Text("last_characters", 4),
        Column.Instant("created_at"), Column.Text("created_by", 128), Column.Instant("valid_to", isNullable: true));

    /// <summary>
    /// Random secrets that all nodes share: what signs access tokens and next links. They lie here in clear, as a node needs them so:
    /// whoever reads this table can sign in as anyone.
    /// </summary>
    public static readonly TableSchema SharedSecrets = Table("backend_secret", ["purpose", "id"],
        Column.Text("purpose", 64), Column.Text("id", 32), Column.Text("value", 128), Column.Instant("created_at"));

    public static readonly ProductArea Area = new("access",
    [
        [new TableChange.Create(Users), new TableChange.Create(ApiKeys), new TableChange.Create(SharedSecrets)],
    ]);

    private static TableSchema Table(string name, string[] key, params ColumnSchema[] columns) => new(new(null, name), columns, key, [], []);
}
