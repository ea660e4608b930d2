using System.Text;
using BackendApi.Spec.Clients;
using BackendApi.Spec.Conformance;
using BackendApi.Spec.Writing;
using BackendApi.Support;
using BackendApi.Testing;

namespace BackendApi.Spec.Fuzzing;

/// <summary>
/// Modifications from a fixed seed, a third of them damaged, one after the other. Whatever comes: no defect shows (500), and what is refused, or
/// made on trial, has changed nothing.
/// </summary>
public abstract class ModificationFuzzerCases(WritableRows service, int count)
{
    private const int Seed = 20_261_121;
    /// <summary>So many begin with the same rows.</summary>
    private const int Round = 25;

    [DatabaseFact]
    public async Task No_modification_does_harm()
    {
        var model = ODataLibReader.Model((await service.Get("$metadata")).Body);
        var findings = new List<string>();
        var statuses = new Dictionary<int, int>();
        using var listener = service.Observations.Listen(observation =>
        {
            if (observation is RequestFailed failure)
                findings.Add($"{failure.Cause.GetType().Name}: {failure.Cause.Message} {string.Join(" <", failure.Cause.ToString().Split('\n').Where(line => line.Contains("at BackendApi.", StringComparison.Ordinal)).Take(3))}");
            else if (observation is StatementExecuted statement && statement.Text.Contains("OR 1=1", StringComparison.Ordinal))
                findings.Add($"A value in {statement.Text}");
        });
        var before = "";
        for (var number = 0; number < count && findings.Count < 20; number++)
        {
            if (number % Round == 0)
            {
                await service.ResetAsync();
                before = await service.RowsAsync();
            }
            var random = new Random(unchecked((int)((uint)(Seed + number) * 2_654_435_761)));
            var (method, address, body) = new BodyGrammar(model, random).Next();
            if (body is not null && random.Next(3) == 0)
                body = Damaged(body, random);
            var preference = random.Next(8) switch { 0 => "validate-only", 1 => "return=representation", 2 => "max-affected=1", _ => "return=minimal" };

            var answer = await service.Write(method, address, body, ("Prefer", preference), ("OData-Version", random.Next(2) == 0 ? "4.0" : "4.01"));

            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            var after = await service.RowsAsync();
            if (answer.Status is >= 500 and not 501)
                findings.Add($"{number} {answer.Status} {method} {address} {body}");
            else if (after != before && (answer.Status >= 400 || preference == "validate-only"))
                findings.Add($"{number} {answer.Status} changed rows, {preference}: {method} {address} {body}");
            before = after;
        }

        findings.Should().BeEmpty();
        // Neither so wild that nothing is ever stored, nor so tame that all is well.
        statuses.Keys.Should().BeSubsetOf([200, 201, 204, 400, 404, 405, 409, 412, 415, 422, 501]);
        (statuses.GetValueOrDefault(200) + statuses.GetValueOrDefault(201) + statuses.GetValueOrDefault(204)).Should().BeGreaterThan(count / 12);
        statuses[400].Should().BeGreaterThan(count / 10);
    }

    /// <summary>Some characters taken out, doubled or exchanged.</summary>
    private static string Damaged(string body, Random random)
    {
        var text = new StringBuilder(body);
        for (var i = 1 + random.Next(3); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text.Remove(at, Math.Min(1 + random.Next(4), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, Math.Min(3, text.Length - at)));
                    break;
                default:
                    text[at] = "{}[],:\"0\\@"[random.Next(10)];
                    break;
            }
        }
        return text.ToString();
    }
}

public sealed class ModificationFuzzerOnSqliteShop(SqliteWritableShop shop) : ModificationFuzzerCases(shop, 3_000), IClassFixture<SqliteWritableShop>;
public sealed class ModificationFuzzerOnSqliteReference(SqliteWritableReference reference) : ModificationFuzzerCases(reference, 3_000), IClassFixture<SqliteWritableReference>;

[Needs("PostgreSql")]
public sealed class ModificationFuzzerOnPostgreSqlShop(PostgreSqlWritableShop shop) : ModificationFuzzerCases(shop, 1_000), IClassFixture<PostgreSqlWritableShop>;

[Needs("PostgreSql")]
public sealed class ModificationFuzzerOnPostgreSqlReference(PostgreSqlWritableReference reference) : ModificationFuzzerCases(reference, 1_000), IClassFixture<PostgreSqlWritableReference>;
