using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;

namespace BackendApi.Access;

/// <summary>The product's own tables that hold who may call, and what they may do. docs/reference/access.md describes them.</summary>
public static class AccessTables
{
    /// <summary>The role with all rights, which the first administrator has.</summary>
    public const string Administrators = "Administrators";

    /// <summary>By which the audit log tells of users that were changed in another way than through the set.</summary>
    internal const string UsersSet = "Users";

    internal const string ClientsSet = "OAuthClients";

    /// <summary>The id of the only row of <see cref="State"/>.</summary>
    public const string Only = "only";

    /// <summary>The length of the names of users, roles, keys and clients.</summary>
    public const int NameLength = 128;

    private const int HashLength = 64;

    /// <summary>Those of release 0.3. Later columns stand with the others of the version of <see cref="Area"/> that adds them.</summary>
    private static readonly ColumnSchema[] UsersAtFirst =
        [Column.Text("name", NameLength), Column.Text("password_hash", 256), Column.Instant("created_at"), Column.Instant("changed_at")];

    private static readonly ColumnSchema[] UsersSinceRoles =
    [
        Column.Text("display_name", 256, isNullable: true),
        Column.Text("email", 256, isNullable: true),
        // What was issued under another stamp is void. Null in rows of release 0.3: there it follows from the password's hash.
        Column.Text("stamp", 32, isNullable: true),
        Column.Instant("locked_at", isNullable: true),
        Column.Instant("locked_until", isNullable: true),
        Column.Int32("failed_attempts") with { Default = "0" },
        Column.Instant("last_sign_in_at", isNullable: true),
        Column.Boolean("must_change_password") with { Default = "0" },
        // Encrypted. Without "two_factor_since" it is one that the user has not confirmed yet.
        Column.Text("totp_secret", 256, isNullable: true),
        Column.Instant("two_factor_since", isNullable: true),
        // The time step of the last code that was taken: none is taken twice.
        Column.Int64("totp_step") with { Default = "0" },
    ];

    /// <summary>The first administrator's, which the output of the first start shows.</summary>
    private static readonly ColumnSchema HasGeneratedPassword = Column.Boolean("has_generated_password") with { Default = "0" };

    /// <summary>Names are stored in lower case: so the primary key holds them apart without regard to case, on every database.</summary>
    public static readonly TableSchema Users = Table("backend_user", ["name"], [.. UsersAtFirst, .. UsersSinceRoles, HasGeneratedPassword]);

    public static readonly TableSchema RecoveryCodes = Table("backend_recovery_code", ["user_name", "hash"],
        [Reference("backend_recovery_code", "user_name", Users)],
        Column.Text("user_name", NameLength), Column.Text("hash", HashLength));

    /// <summary>From where users have signed in, as keyed hashes.</summary>
    public static readonly TableSchema UserAddresses = Table("backend_user_address", ["user_name", "address"],
        [Reference("backend_user_address", "user_name", Users)],
        Column.Text("user_name", NameLength), Column.Text("address", HashLength), Column.Instant("seen_at"));

    /// <summary>What row filters can name of a user, besides the name.</summary>
    public static readonly TableSchema UserClaims = Table("backend_user_claim", ["user_name", "claim"],
        [Reference("backend_user_claim", "user_name", Users)],
        Column.Text("user_name", NameLength), Column.Text("claim", 64), Column.Text("value", 256));

    public static readonly TableSchema Roles = Table("backend_role", ["name"],
        Column.Text("name", NameLength), Column.Text("description", 1000, isNullable: true), Column.Boolean("has_all_rights"),
        Column.Instant("created_at"), Column.Instant("changed_at"));

    /// <summary>Lists are JSON arrays; <c>["*"]</c> are all columns. <c>*</c> as the set is every set.</summary>
    public static readonly TableSchema Permissions = Table("backend_permission", ["role_name", "entity_set"],
        [Reference("backend_permission", "role_name", Roles)],
        Column.Text("role_name", NameLength), Column.Text("entity_set", 128),
        Column.Boolean("can_read"), Column.Boolean("can_create"), Column.Boolean("can_update"), Column.Boolean("can_delete"), Column.Boolean("can_execute"),
        Column.Text("readable"), Column.Text("writable"), Column.Text("row_filter", isNullable: true));

    public static readonly TableSchema UserRoles = Table("backend_user_role", ["user_name", "role_name"],
        [Reference("backend_user_role", "user_name", Users), Reference("backend_user_role", "role_name", Roles)],
        Column.Text("user_name", NameLength), Column.Text("role_name", NameLength));

    private static readonly ColumnSchema[] ApiKeysSinceRoles =
    [
        Column.Text("owner_name", NameLength, isNullable: true),
        Column.Text("scopes") with { Default = "'[\"*:*\"]'" },
        Column.Text("addresses") with { Default = "'[]'" },
        Column.Int32("requests_per_minute", isNullable: true),
        Column.Instant("last_used_at", isNullable: true),
    ];

    /// <summary>A key acts for its owner; one without an owner has roles of its own.</summary>
    public static readonly TableSchema ApiKeys = Table("backend_api_key", ["name"],
        [Column.Text("name", NameLength), Column.Instant("created_at"), Column.Text("created_by", NameLength), Column.Instant("valid_to", isNullable: true), .. ApiKeysSinceRoles]);

    /// <summary>The values of API keys, hashed: one for each, and two while a rotation overlaps.</summary>
    public static readonly TableSchema ApiKeyValues = Table("backend_api_key_value", ["hash"],
        [Reference("backend_api_key_value", "key_name", ApiKeys)],
        Column.Text("hash", HashLength), Column.Text("pepper", 16, isNullable: true), Column.Text("key_name", NameLength), Column.Text("last_characters", 4),
        Column.Instant("created_at"), Column.Instant("valid_to", isNullable: true));

    public static readonly TableSchema ApiKeyRoles = Table("backend_api_key_role", ["key_name", "role_name"],
        [Reference("backend_api_key_role", "key_name", ApiKeys), Reference("backend_api_key_role", "role_name", Roles)],
        Column.Text("key_name", NameLength), Column.Text("role_name", NameLength));

    public static readonly TableSchema Clients = Table("backend_oauth_client", ["id"],
        Column.Text("id", NameLength), Column.Text("description", 1000, isNullable: true), Column.Text("scopes"),
        Column.Text("stamp", 32), Column.Instant("locked_at", isNullable: true), Column.Instant("created_at"), Column.Text("created_by", NameLength));

    public static readonly TableSchema ClientSecrets = Table("backend_oauth_client_secret", ["hash"],
        [Reference("backend_oauth_client_secret", "client_id", Clients)],
        Column.Text("hash", HashLength), Column.Text("pepper", 16, isNullable: true), Column.Text("client_id", NameLength), Column.Text("last_characters", 4),
        Column.Instant("created_at"), Column.Instant("valid_to", isNullable: true));

    public static readonly TableSchema ClientRoles = Table("backend_oauth_client_role", ["client_id", "role_name"],
        [Reference("backend_oauth_client_role", "client_id", Clients), Reference("backend_oauth_client_role", "role_name", Roles)],
        Column.Text("client_id", NameLength), Column.Text("role_name", NameLength));

    /// <summary>
    /// One row for each sign-in that can be refreshed or was revoked. The refresh token itself is not here: it names the grant and a number,
    /// and is signed. <c>refreshes</c> is the number of the only one that is still good.
    /// </summary>
    public static readonly TableSchema Grants = Table("backend_grant", ["id"],
        Column.Guid("id"), Column.Text("user_name", NameLength, isNullable: true), Column.Text("client_id", NameLength, isNullable: true),
        Column.Text("stamp", 32), Column.Text("scopes"), Column.Int32("refreshes"),
        Column.Instant("created_at"), Column.Instant("refreshed_at", isNullable: true), Column.Instant("expires_at"), Column.Instant("revoked_at", isNullable: true));

    /// <summary>One row, whose stamp changes with everything here that decides who may call: so nodes read the rest only when it has changed.</summary>
    public static readonly TableSchema State = Table("backend_access_state", ["id"], Column.Text("id", 8), Column.Text("stamp", 32));

    /// <summary>
    /// Random secrets that all nodes share: what signs access tokens and next links, and the pepper where the settings give none. They lie here in
    /// clear, as a node needs them so: whoever reads this table can sign in as anyone.
    /// </summary>
    public static readonly TableSchema SharedSecrets = Table("backend_secret", ["purpose", "id"],
        Column.Text("purpose", 64), Column.Text("id", 32), Column.Text("value", 128), Column.Instant("created_at"));

    private static readonly TableSchema FirstUsers = Users with { Columns = UsersAtFirst };

    /// <summary>Keys of release 0.3 were hashed without a pepper.</summary>
    internal static readonly TableSchema FirstApiKeys = Table("backend_api_key", ["name"],
        Column.Text("name", NameLength), Column.Text("hash", HashLength), Column.Text("last_characters", 4),
        Column.Instant("created_at"), Column.Text("created_by", NameLength), Column.Instant("valid_to", isNullable: true));

    public static readonly ProductArea Area = new("access",
    [
        [new TableChange.Create(FirstUsers), new TableChange.Create(FirstApiKeys), new TableChange.Create(SharedSecrets)],
        [
            .. UsersSinceRoles.Select(column => new TableChange.AddColumn(Users.Name, column)),
            new TableChange.Statement(dialect => dialect.Compose($"UPDATE {Users} SET {Users.Column("name")} = LOWER({Users.Column("name")})").Text),
            new TableChange.Create(RecoveryCodes), new TableChange.Create(UserClaims),
            new TableChange.Create(Roles), new TableChange.Create(Permissions), new TableChange.Create(UserRoles),
            .. ApiKeysSinceRoles.Select(column => new TableChange.AddColumn(ApiKeys.Name, column)),
            new TableChange.Create(ApiKeyValues), new TableChange.Create(ApiKeyRoles),
            new TableChange.Create(Clients), new TableChange.Create(ClientSecrets), new TableChange.Create(ClientRoles),
            new TableChange.Create(Grants), new TableChange.Create(State),
            new TableChange.Insert(State, ["id", "stamp"], [[Only, "0"]]),
            new TableChange.Insert(Roles, ["name", "description", "has_all_rights", "created_at", "changed_at"], Now(at => [Administrators, "All rights on everything.", true, at, at])),
            // Whoever could call before may do everything.
            new TableChange.Statement(dialect => dialect.Compose(
                $"INSERT INTO {UserRoles} ({UserRoles.Column("user_name")}, {UserRoles.Column("role_name")}) SELECT u.{Users.Column("name")}, r.{Roles.Column("name")} FROM {Users} u CROSS JOIN {Roles} r").Text),
            new TableChange.Statement(dialect => dialect.Compose(
                $"INSERT INTO {ApiKeyRoles} ({ApiKeyRoles.Column("key_name")}, {ApiKeyRoles.Column("role_name")}) SELECT k.{ApiKeys.Column("name")}, r.{Roles.Column("name")} FROM {ApiKeys} k CROSS JOIN {Roles} r").Text),
            new TableChange.Statement(dialect => MovedHashes(dialect).Text),
            Dropped("hash"), Dropped("last_characters"),
        ],
        [new TableChange.Create(UserAddresses)],
        [new TableChange.AddColumn(Users.Name, HasGeneratedPassword)],
    ]);

    private static Statement MovedHashes(Dialect dialect)
    {
        var (old, to) = (FirstApiKeys, ApiKeyValues);
        return dialect.Compose(
            $"""
            INSERT INTO {to} ({to.Column("hash")}, {to.Column("key_name")}, {to.Column("last_characters")}, {to.Column("created_at")})
            SELECT {old.Column("hash")}, {old.Column("name")}, {old.Column("last_characters")}, {old.Column("created_at")} FROM {old}
            """);
    }

    private static TableChange.Statement Dropped(string column) =>
        new(dialect => dialect.Compose($"ALTER TABLE {FirstApiKeys} DROP COLUMN {FirstApiKeys.Column(column)}").Text);

    private static IEnumerable<IReadOnlyList<object?>> Now(Func<DateTimeOffset, IReadOnlyList<object?>> row)
    {
        yield return row(DateTimeOffset.UtcNow);
    }

    private static ForeignKey Reference(string table, string column, TableSchema target) =>
        new($"fk_{table}_{column}", [column], target.Name, target.PrimaryKey);

    private static TableSchema Table(string name, string[] key, params ColumnSchema[] columns) => Table(name, key, [], columns);

    private static TableSchema Table(string name, string[] key, ForeignKey[] references, params ColumnSchema[] columns) =>
        new(new(null, name), columns, key, [], references);
}
