using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>What the reference model holds, before any case builds on it.</summary>
public abstract class ReferenceModelCases(ReferenceService service)
{
    [DatabaseFact]
    public Task A_customer() => service.Answers(
        "Customers(1)",
        """
        {"@odata.context":"{root}$metadata#Customers/$entity","@odata.type":"#BackendApi.VipCustomer","ID":1,"Name":"Ada Blue","Country":"DE","Balance":1250.5000,"Created":"2024-01-31T10:20:30.123456Z",
        "Status":"Open","Wait":"PT2H","Tags":["alpha","beta","gamma"],"Address":{"Street":"Main Street 1","City":"Berlin","Zip":"10115"},"Level":3}
        """);

    [DatabaseFact]
    public Task An_order() => service.Answers(
        "Orders(5)",
        """{"@odata.context":"{root}$metadata#Orders/$entity","ID":5,"CustomerID":1,"Amount":100.00,"OrderDate":"2024-03-05"}""");
}

public sealed class ReferenceModelOnSqlite(SqliteReference service) : ReferenceModelCases(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class ReferenceModelOnPostgreSql(PostgreSqlReference service) : ReferenceModelCases(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class ReferenceModelOnSqlServer(SqlServerReference service) : ReferenceModelCases(service), IClassFixture<SqlServerReference>;
