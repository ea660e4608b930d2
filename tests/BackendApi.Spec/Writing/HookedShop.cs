using System.Globalization;
using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Samples;
using BackendApi.Sql;
using BackendApi.Support;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Writing;

/// <summary>Accounts with parts, a hook that refuses some names and keeps a diary of what happened, and the hook of the samples.</summary>
public abstract class HookedShop(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Account = new(
        new(null, "account"),
        [
            Column("id", ValueKind.Int32) with { IsIdentity = true }, Column("name", ValueKind.String, maxLength: 40), Column("note", ValueKind.String, maxLength: 40, isNullable: true),
            Column("changed_by", ValueKind.String, maxLength: 200, isNullable: true),
        ],
        ["id"], [new("uq_account", ["name"])], []);

    private static readonly TableSchema Part = new(
        new(null, "part"),
        [Column("id", ValueKind.Int32) with { IsIdentity = true }, Column("account_id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 40)],
        ["id"], [], [new("fk_part_account", ["account_id"], Account.Name, ["id"])]);

    private static readonly TableSchema Entry = new(
        new(null, "entry"), [Column("id", ValueKind.Int32) with { IsIdentity = true }, Column("text", ValueKind.String, maxLength: 200)], ["id"], [], []);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
        [(Account, ["name"], [["first"], ["second"]]), (Part, ["account_id", "name"], [[1, "leg"]]), (Entry, ["text"], [["begin"]])];

    private const string Definitions =
        """
        [
          { "alias": "accounts", "table": "account", "allow": { "create": true, "update": true, "delete": true },
            "fields": [ { "column": "id" }, { "column": "name" }, { "column": "note" }, { "column": "changed_by", "isCreatable": false, "isEditable": false } ],
            "relations": [ { "name": "Parts", "target": "parts", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "account_id" } ] } ] },
          { "alias": "parts", "table": "part", "allow": { "create": true, "update": true, "delete": true },
            "fields": [ { "column": "id" }, { "column": "account_id" }, { "column": "name" } ], "relations": [] },
          { "alias": "entries", "table": "entry", "relations": [] }
        ]
        """;

    protected override void Add(IServiceCollection services) =>
        services.AddWriteHook<Diary>("accounts").AddWriteHook<ChangedBy>("accounts").AddWriteHook<Diary>("Parts");

    /// <summary>What the diary says since the case began, one line for each step.</summary>
    public Task Says(params string[] entries) =>
        Shows("Entries?$select=Text&$filter=Id gt 1&$orderby=Text", $"[{string.Join(',', entries.Select(entry => $"{{\"Text\":\"{entry}\"}}"))}]");

    private sealed class Diary : IWriteHook
    {
        public ValueTask BeforeCreateAsync(WriteStep step, CancellationToken cancellation) => Look(step);

        public ValueTask BeforeUpdateAsync(WriteStep step, CancellationToken cancellation) => Look(step);

        public ValueTask BeforeDeleteAsync(WriteStep step, CancellationToken cancellation)
        {
            foreach (var row in step.Rows)
                if (step.Set.Alias == "accounts" && row.Key![0] is 1)
                    row.Refuse("The first account stays.", error: Errors.Forbidden);
            return ValueTask.CompletedTask;
        }

        public ValueTask AfterCreateAsync(WriteStep step, CancellationToken cancellation) => WriteAsync(step, "created", cancellation);

        public ValueTask AfterUpdateAsync(WriteStep step, CancellationToken cancellation) => WriteAsync(step, "changed", cancellation);

        public ValueTask AfterDeleteAsync(WriteStep step, CancellationToken cancellation) => WriteAsync(step, "deleted", cancellation);

        private static ValueTask Look(WriteStep step)
        {
            foreach (var row in step.Rows)
            {
                if (row["Name"] is "bad")
                    row.Refuse("This is a bad name.", "Name");
                if (step.Set.Alias == "accounts" && row["Note"] is string note)
                    row["Note"] = note.Trim('!');
            }
            return ValueTask.CompletedTask;
        }

        private static async ValueTask WriteAsync(WriteStep step, string what, CancellationToken cancellation)
        {
            foreach (var row in step.Rows)
                if (row["Name"] is "late")
                    throw new ServiceException(Errors.Conflict, "It is too late for this.");
            var keys = step.Rows.Count > 10 ? "many" : string.Join(' ', step.Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key![0]}")));
            foreach (var statement in step.Dialect.Insert(Entry, ["text"], [[$"{step.Set.Alias} {what}: {keys}"]]))
                await step.Session.ExecuteAsync(statement, cancellation);
        }
    }
}

public sealed class SqliteHookedShop() : HookedShop(new SqliteTestDatabase());

public sealed class PostgreSqlHookedShop() : HookedShop(new PostgreSqlTestDatabase());

public sealed class SqlServerHookedShop() : HookedShop(new SqlServerTestDatabase());
