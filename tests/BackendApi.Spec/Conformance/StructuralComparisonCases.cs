using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>Structures and collections behind <c>eq</c>, <c>ne</c> and <c>in</c>: Bert's address lacks a zip, Dora's a street, Carla has none at all.</summary>
public abstract class StructuralComparisonCases(ReferenceService service)
{
    [DatabaseFact]
    public Task Row_88_comparison_of_structures() => service.Both(
        """Customers?$filter=Address eq {"Street":"Rue 2","City":"Paris","Zip":null} or Tags eq ["alpha","beta","gamma"]&$select=ID""",
        """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"@odata.type":"#BackendApi.VipCustomer","ID":1},{"ID":2}]}""");

    [DatabaseTheory]
    [InlineData("""Address eq {"Street":"Rue 2","City":"Paris","Zip":null}""", "2")]
    [InlineData("""Address eq {"City":"Paris","Street":"Rue 2"}""", "2")]
    [InlineData("""{"@odata.type":"#BackendApi.CustomersAddress","City":"Köln","Zip":"50667"} eq Address""", "4")]
    [InlineData("""Address ne {"City":"Köln","Zip":"50667"}""", "1 2 3")]
    [InlineData("""not (Address eq {"City":"Köln","Zip":"50667"})""", "1 2 3")]
    [InlineData("""not (Address ne {"City":"Köln","Zip":"50667"})""", "4")]
    [InlineData("""Address eq {"City":"köln","Zip":"50667"}""", "")]
    [InlineData("""Address eq @a&@a={"City":"Köln","Zip":"50667"}""", "4")]
    [InlineData("""Address eq {}""", "")]
    [InlineData("""Address ne {"City":null}""", "1 2 3 4")]
    [InlineData("""Address eq @nothing""", "3")]
    [InlineData("""Address in [{"City":"Köln","Zip":"50667"},null]""", "3 4")]
    [InlineData("""not (Address in [{"City":"Köln","Zip":"50667"},null])""", "1 2")]
    [InlineData("Address eq Address", "1 2 3 4")]
    [InlineData("Address ne Address", "")]
    [InlineData("Manager/Address eq Manager/Manager/Address", "1")]
    [InlineData("Manager/Address eq $root/Customers(1)/Address", "2 3")]
    [InlineData("""Manager/Address eq {"Street":"Main Street 1","City":"Berlin","Zip":"10115"}""", "2 3")]
    [InlineData("Orders/any(o:o/Customer/Address eq $it/Manager/Address)", "")]
    [InlineData("(Address eq Manager/Address) eq false", "1 2 3 4")]
    [InlineData("null eq Address", "3")]
    public Task Complex_values(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseTheory]
    [InlineData("""Tags eq ["alpha","beta","gamma"]""", "1")]
    [InlineData("""Tags eq ["beta","alpha","gamma"]""", "")]
    [InlineData("""Tags eq ["alpha","beta"]""", "")]
    [InlineData("""Tags eq ["apple",null,"alpha"]""", "4")]
    [InlineData("""Tags ne ["apple",null,"alpha"]""", "1 2 3")]
    [InlineData("""not (["apple",null,"alpha"] eq Tags)""", "1 2 3")]
    [InlineData("Tags eq []", "2 3")]
    [InlineData("[] ne Tags", "1 4")]
    [InlineData("Tags eq @t&@t=['alpha','beta','gamma']", "1")]
    [InlineData("Tags eq null", "")]
    [InlineData("Tags ne null", "1 2 3 4")]
    [InlineData("Tags eq Tags", "1 2 3 4")]
    [InlineData("Manager/Tags eq null", "1")]
    [InlineData("Manager/Tags eq Tags", "")]
    [InlineData("Manager/Tags ne Tags", "1 2 3 4")]
    [InlineData("Manager/Tags eq Manager/Tags", "1 2 3 4")]
    [InlineData("Manager/Tags eq []", "4")]
    [InlineData("""Tags in [["apple",null,"alpha"],[]]""", "2 3 4")]
    [InlineData("[1,2.0] eq [1.0,2] and [1] ne [2] and ID eq 1", "1")]
    [InlineData("['2024-01-01'] eq ['2024-01-01'] and [] eq [] and ID eq 2", "2")]
    public Task Collections(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseTheory]
    [InlineData("Manager eq $root/Customers(1)", "2 3")]
    [InlineData("Manager ne $root/Customers(1)", "1 4")]
    [InlineData("$root/Customers(4)/Manager eq $it", "2")]
    [InlineData("Manager/Manager eq Manager", "1")]
    [InlineData("Manager eq $root/Customers(99)", "1")]
    [InlineData("$it eq $root/Config/BestCustomer", "1")]
    [InlineData("$it eq $this", "1 2 3 4")]
    [InlineData("Orders/any(o:o/Customer eq $it)", "1 2 3")]
    [InlineData("Orders/any(o:o/Customer ne $it)", "")]
    [InlineData("not (Manager eq $it)", "1 2 3 4")]
    [InlineData("Manager/BackendApi.VipCustomer eq Manager and Manager ne null", "2 3")]
    [InlineData("Manager/BackendApi.VipCustomer eq null", "1 4")]
    [InlineData("Manager/BackendApi.VipCustomer/Name eq null", "1 4")]
    [InlineData("Manager in $root/Customers/$filter(Country eq 'FR')", "4")]
    [InlineData("not (Manager in $root/Customers/$filter(Country eq 'FR'))", "1 2 3")]
    public Task Entities(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseTheory]
    [InlineData("""Address eq {"City":"Köln","Zap":"50667"}""", 400, "UnknownProperty")]
    [InlineData("""Address eq {"City":5}""", 400, "TypeMismatch")]
    [InlineData("""Address eq {"City":"a","City":"b"}""", 400, "MalformedUrl")]
    [InlineData("""Address eq {City:"a"}""", 400, "MalformedUrl")]
    [InlineData("""Address gt {"City":"Köln"}""", 400, "TypeMismatch")]
    [InlineData("""Address eq ["Köln"]""", 400, "TypeMismatch")]
    [InlineData("""Name eq {"City":"Köln"}""", 400, "TypeMismatch")]
    [InlineData("Address eq Name", 400, "TypeMismatch")]
    [InlineData("Tags eq [1]", 400, "TypeMismatch")]
    [InlineData("Tags eq 'alpha'", 400, "TypeMismatch")]
    [InlineData("Tags ge Tags", 400, "TypeMismatch")]
    [InlineData("[1] eq ['a']", 400, "TypeMismatch")]
    [InlineData("Manager eq $root/Orders(1)", 400, "TypeMismatch")]
    [InlineData("Manager eq Address", 400, "TypeMismatch")]
    [InlineData("""Manager eq {"ID":1}""", 501, "NotImplemented")]
    [InlineData("""{"a":1} eq {"a":1}""", 501, "NotImplemented")]
    [InlineData("Orders eq Manager/Orders", 501, "NotImplemented")]
    public Task What_does_not_compare(string filter, int status, string code) => service.Refuses("Customers?$filter=" + filter, status, code);
}

public sealed class StructuralComparisonOnSqlite(SqliteReference service) : StructuralComparisonCases(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class StructuralComparisonOnPostgreSql(PostgreSqlReference service) : StructuralComparisonCases(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class StructuralComparisonOnSqlServer(SqlServerReference service) : StructuralComparisonCases(service), IClassFixture<SqlServerReference>;
