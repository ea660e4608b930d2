using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Sql.Audit;

namespace BackendApi.Resources.Access;

/// <summary>
/// Users, roles, keys and clients as entity sets, with what can be done with them. All of it is for callers with all rights; what users do with their own password and second factor is
/// for everyone.
/// </summary>
public sealed class AccessModule : ResourceModule
{
    private const string Texts = "collection(string)";

    private static readonly Lazy<ModelSnapshot> OnItsOwn = new(() =>
    {
        var module = new ModuleBuilder();
        new AccessModule().Declare(module);
        return ModelBuilder.Build(0, [], new Dictionary<TableName, TableSchema>(), new(), null, new([module.Build()])).Snapshot!;
    });

    /// <summary>How the audit log calls the tables of this module where there is no model.</summary>
    internal static AuditedTables AuditedTables => OnItsOwn.Value.AuditedTables;

    public override void Declare(ModuleBuilder module)
    {
        foreach (var table in (TableSchema[])
                 [
                     AccessTables.Users, AccessTables.UserRoles, AccessTables.UserClaims, AccessTables.Roles, AccessTables.Permissions, AccessTables.ApiKeys, AccessTables.ApiKeyRoles,
                     AccessTables.Clients, AccessTables.ClientRoles,
                 ])
            module.Table(table);
        module.Tells(AccessTables.ApiKeyValues, "ApiKeys/Values", "key_name", "last_characters", "valid_to");
        module.Tells(AccessTables.ClientSecrets, "OAuthClients/Secrets", "client_id", "last_characters", "valid_to");
        DeclareUsers(module);
        DeclareRoles(module);
        DeclareKeys(module);
        DeclareClients(module);
    }

    private static void DeclareUsers(ModuleBuilder module)
    {
        var users = module.EntitySet<UserFacade>(new()
        {
            Alias = "backend-users", EntitySet = "Users", Table = "backend_user", Allow = new(Create: true, Update: true, Delete: true),
            Description = "Who signs in with a password.",
            Fields =
            [
                Key("name", "The same whatever its case."), Editable("display_name"), Editable("email", new() { Format = "email" }),
                Kept("must_change_password", "At the next sign-in."), Kept("locked_at", "Since when nobody can sign in under the name; null when it is not locked."),
                Kept("locked_until", "Until when no password is looked at, because too many were wrong."), Kept("two_factor_since", "Since when a sign-in takes a second factor; null without one."),
                Kept("last_sign_in_at"), Kept("created_at"), Kept("changed_at"),
            ],
            Search = ["name", "display_name", "email"],
            Relations =
            [
                Through("Roles", "backend-roles", "backend_user_role", "name", "user_name", "role_name", "name") with { IsEditable = true },
                new() { Name = "ApiKeys", Target = "backend-api-keys", Multiplicity = "many", On = [new("name", "owner_name")] },
                new() { Name = "Claims", Target = "backend-user-claims", Multiplicity = "many", IsEditable = true, On = [new("name", "user_name")] },
            ],
        });
        module.EntitySet<UserClaimFacade>(new()
        {
            Alias = "backend-user-claims", EntitySet = "UserClaims", Table = "backend_user_claim", Allow = new(Create: true, Update: true, Delete: true), Description = "What row filters can name of a user.",
            Fields = [Key("user_name"), Key("claim"), Editable("value", new() { MaxLength = 256 })],
        });
        users.Action<UserFacade>(nameof(UserFacade.ResetPasswordAsync)).BeginsItself();
        users.Action<UserFacade>(nameof(UserFacade.LockAsync));
        users.Action<UserFacade>(nameof(UserFacade.UnlockAsync));
        users.Action<UserFacade>(nameof(UserFacade.SetRolesAsync));
        users.Action<UserFacade>(nameof(UserFacade.SetClaimsAsync));
        users.Action<UserFacade>(nameof(UserFacade.RemoveSecondFactorAsync));
        users.Function<UserFacade>(nameof(UserFacade.EffectivePermissionsAsync));
        module.EntitySet<MeFacade, Me>("backend-me", [nameof(Me.Name)], definition => definition with
        {
            EntitySet = "Me", IsSingleton = true, Description = "Who calls.",
            Fields =
            [
                new() { Column = nameof(Me.Name) },
                new() { Column = nameof(Me.Kind), Description = "A user, an API key, an OAuth client, or a caller whom the token of another issuer names." },
                new() { Column = nameof(Me.UserName), Description = "The user who calls, or for whom the key acts." },
                new() { Column = nameof(Me.HasAllRights) },
                new() { Column = nameof(Me.HasSecondFactor) },
                new() { Column = nameof(Me.Roles), Type = Texts },
                new() { Column = nameof(Me.Claims), Type = "collection(json)", Items = [new("Claim", "string"), new("Value", "string")], Description = "What row filters can name." },
            ],
            Relations = [new() { Name = "User", Target = "backend-users", Multiplicity = "one", On = [new(nameof(Me.UserName), "name")] }],
        }).ForEveryone();
        module.Function<OwnFacade>(nameof(OwnFacade.MyPermissionsAsync)).ForEveryone();
        module.Function<LimitFacade>(nameof(LimitFacade.CallerLimits));
        module.Function<LimitFacade>(nameof(LimitFacade.MyLimits)).ForEveryone();
        // Their addresses stand in Authenticator too, which lets whoever may change nothing else come here.
        module.Action<OwnFacade>(nameof(OwnFacade.ChangePasswordAsync)).ForEveryone().BeginsItself();
        module.Action<OwnFacade>(nameof(OwnFacade.BeginSecondFactorAsync)).ForEveryone();
        module.Action<OwnFacade>(nameof(OwnFacade.ConfirmSecondFactorAsync)).ForEveryone();
        module.Action<OwnFacade>(nameof(OwnFacade.EndSecondFactorAsync)).ForEveryone();
        module.Action<OwnFacade>(nameof(OwnFacade.SignOutEverywhereAsync)).ForEveryone();
    }

    private static void DeclareRoles(ModuleBuilder module)
    {
        module.EntitySet<RoleFacade>(new()
        {
            Alias = "backend-roles", EntitySet = "Roles", Table = "backend_role", Allow = new(Create: true, Update: true, Delete: true),
            Description = "Rights under a name.",
            Fields = [Key("name"), Editable("description"), Flag("has_all_rights"), Kept("created_at"), Kept("changed_at")],
            Relations =
            [
                new() { Name = "Permissions", Target = "backend-permissions", Multiplicity = "many", On = [new("name", "role_name")] },
                Through("Users", "backend-users", "backend_user_role", "name", "role_name", "user_name", "name"),
                Through("ApiKeys", "backend-api-keys", "backend_api_key_role", "name", "role_name", "key_name", "name"),
                Through("OAuthClients", "backend-oauth-clients", "backend_oauth_client_role", "name", "role_name", "client_id", "id"),
            ],
        });
        module.EntitySet<PermissionFacade>(new()
        {
            Alias = "backend-permissions", EntitySet = "Permissions", Table = "backend_permission", Allow = new(Create: true, Update: true, Delete: true),
            Description = "What a role grants on an entity set; * is every set.",
            Fields =
            [
                Key("role_name"), Key("entity_set"), Flag("can_read"), Flag("can_create"), Flag("can_update"), Flag("can_delete"), Flag("can_execute"),
                Editable("readable", new() { IsRequired = false }) with { Type = Texts, Description = "The properties that can be read; * is all of them, as when it is left out." },
                Editable("writable", new() { IsRequired = false }) with { Type = Texts, Description = "The properties that can be written; * is all of them, as when it is left out." },
                Editable("row_filter") with { Description = "An OData expression; rows that do not satisfy it are not there. @name and @claim stand for what is known of the caller." },
            ],
            Relations = [new() { Name = "Role", Target = "backend-roles", Multiplicity = "one", On = [new("role_name", "name")] }],
        });
    }

    private static void DeclareKeys(ModuleBuilder module)
    {
        var keys = module.EntitySet<ApiKeyFacade>(new()
        {
            Alias = "backend-api-keys", EntitySet = "ApiKeys", Table = "backend_api_key", Allow = new(Create: true, Update: true, Delete: true),
            Description = "Keys that programs call with. The answer to the POST that makes one shows it, as ShownOnce.",
            Fields =
            [
                Key("name"), Editable("valid_to"), Editable("owner_name") with { Description = "The user for whom it acts; null when it has roles of its own." },
                Editable("scopes") with { Type = Texts, Description = "The most that it may do." }, Editable("addresses") with { Type = Texts, Description = "From where it may be used; empty is from everywhere." },
                Editable("requests_per_minute", new() { Min = 1 }), Kept("last_used_at"), Kept("created_at"), Kept("created_by"),
            ],
            Relations =
            [
                Through("Roles", "backend-roles", "backend_api_key_role", "name", "key_name", "role_name", "name") with { IsEditable = true },
                new() { Name = "Owner", Target = "backend-users", Multiplicity = "one", On = [new("owner_name", "name")] },
            ],
        });
        module.Action<ApiKeyFacade>(nameof(ApiKeyFacade.CreateApiKeyAsync));
        keys.Action<ApiKeyFacade>(nameof(ApiKeyFacade.RotateAsync));
        keys.Function<ApiKeyFacade>(nameof(ApiKeyFacade.EffectivePermissionsAsync));
    }

    private static void DeclareClients(ModuleBuilder module)
    {
        var clients = module.EntitySet<ClientFacade>(new()
        {
            Alias = "backend-oauth-clients", EntitySet = "OAuthClients", Table = "backend_oauth_client", Allow = new(Create: true, Update: true, Delete: true),
            Description = "Programs that exchange an id and a secret for tokens. The answer to the POST that makes one shows its secret, as ShownOnce.",
            Fields =
            [
                Key("id"), Editable("description"), Editable("scopes", new() { IsRequired = false }) with { Type = Texts, Description = "The most that its tokens may do; everything, when it is left out." },
                Kept("locked_at", "Since when it gets no tokens; null when it is not locked."), Kept("created_at"), Kept("created_by"),
            ],
            Relations = [Through("Roles", "backend-roles", "backend_oauth_client_role", "id", "client_id", "role_name", "name") with { IsEditable = true }],
        });
        module.Action<ClientFacade>(nameof(ClientFacade.CreateOAuthClientAsync));
        clients.Action<ClientFacade>(nameof(ClientFacade.RotateSecretAsync));
        clients.Action<ClientFacade>(nameof(ClientFacade.LockAsync));
        clients.Action<ClientFacade>(nameof(ClientFacade.UnlockAsync));
        clients.Function<ClientFacade>(nameof(ClientFacade.EffectivePermissionsAsync));
    }

    private static FieldDefinition Key(string column, string? description = null) => new() { Column = column, IsCreatable = true, IsEditable = false, Description = description };

    private static FieldDefinition Editable(string column, ValidationDefinition? validation = null) => new() { Column = column, IsCreatable = true, IsEditable = true, Validation = validation };

    /// <summary>False unless a new row says otherwise.</summary>
    private static FieldDefinition Flag(string column) => Editable(column) with { Transform = [new() { Default = "false" }] };

    /// <summary>Written by the service alone.</summary>
    private static FieldDefinition Kept(string column, string? description = null) => new() { Column = column, IsCreatable = false, IsEditable = false, Description = description };

    private static RelationDefinition Through(string name, string target, string table, string column, string from, string to, string targetColumn) => new()
    {
        Name = name, Target = target, Multiplicity = "many", Through = new(table, [new(column, from)], [new(to, targetColumn)]),
    };
}
