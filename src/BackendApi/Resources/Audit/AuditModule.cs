using BackendApi.Model.Store;

namespace BackendApi.Resources.Audit;

/// <summary>The audit log as an entity set, which nobody writes.</summary>
public sealed class AuditModule : ResourceModule
{
    public override void Declare(ModuleBuilder module)
    {
        module.Table(AuditTables.Entries);
        module.EntitySet(new()
        {
            Alias = "backend-audit-entries", EntitySet = "AuditEntries", Table = AuditTables.Entries.Name.Name,
            Description = "Who changed what: an entry for each entity set that a request changed in one way.",
            Fields =
            [
                new() { Column = "id", Description = "Later entries have greater numbers." },
                new() { Column = "at", Description = "When the request began." },
                new() { Column = "request_id", Description = "The same for all that one request or batch did; the log of the server names the request by it." },
                new() { Column = "caller", Description = "The name of a user, key or client; system for the service itself." },
                new() { Column = "caller_kind", Description = "User, ApiKey, Client, Outside or System." },
                new() { Column = "address", Description = "Where the request came from." },
                new() { Column = "operation", Description = "Create, Update, Delete, Link, Unlink, or the name of an action." },
                new() { Column = "entity_set", Description = "The set, or the set and the relation, that was changed; null for an action that is bound to none." },
                new() { Column = "entity_key", Name = "Key", Description = "As it stands in the entity's address; null when there are several." },
                new() { Column = "row_count", Name = "Rows", Description = "How many entities have changed." },
                new() { Column = "changes", Description = "A JSON list of an object for each entity, with its key and the values before and after; of an update only those that have changed." },
            ],
            Relations = [],
        });
    }
}
