using BackendApi.Sql;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Auditing;

/// <summary>Types of PostgreSQL that no two values of can be compared: a change of them is told all the same.</summary>
[Needs("PostgreSql")]
public sealed class OddTypeTests(PostgreSqlAuditedShop shop) : IClassFixture<PostgreSqlAuditedShop>
{
    [DatabaseFact]
    public async Task A_column_whose_values_have_no_equality_is_changed_and_told()
    {
        await using (var session = await shop.Services.GetRequiredService<Database>().OpenAsync(default))
            await session.ExecuteAsync(new("""
                CREATE TABLE odd (id int PRIMARY KEY, plain json, marked xml, place point, letter "char", price money, bits bit(3), net inet, words tsvector, stamp timestamp, many numeric[]);
                INSERT INTO odd VALUES (1, '{"a": 1}', '<a/>', '(1,2)', 'x', 12.5, B'101', '10.0.0.1', 'a b', '2026-01-02 03:04:05.678901', '{1.50,2}')
                """, []), default);
        (await shop.Write("POST", "DataExchangeConfigurations", """{"alias":"odd","entitySet":"Odd","table":"odd","allow":{"update":true,"delete":true}}""")).Is(201);

        foreach (var (name, value) in new[] { ("Plain", """{"a":2}"""), ("Marked", "\"<b/>\""), ("Place", "\"(3,4)\""), ("Letter", "\"y\""), ("Price", "13.25"), ("Bits", "\"110\""), ("Net", "\"10.0.0.2\""), ("Words", "\"'c'\""), ("Stamp", "\"2027-01-01T00:00:00Z\""), ("Many", "[3]") })
        {
            var told = await shop.Told(async () => (await shop.Write("PATCH", "Odd(1)", $$"""{"{{name}}":{{value}}}""")).Is(204));
            told.Should().StartWith("Update Odd(1) 1 [{\"key\":\"1\",\"before\":{\"" + name + "\":", name);
        }
        (await shop.Told(async () => (await shop.Write("DELETE", "Odd(1)")).Is(204))).Should().StartWith("Delete Odd(1) 1 ");
    }
}
