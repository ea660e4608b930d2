using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>What a definition's <c>transform</c> makes of a body.</summary>
public class TransformTests
{
    private static readonly TableSchema Currency = new(new(null, "currency"),
        [new("id", new(ValueKind.Int32, ""), false, IsIdentity: true), new("code", new(ValueKind.String, "", 3), false), new("label", new(ValueKind.String, "", 20), true)],
        ["id"], [new("uq_code", ["code"])], []);

    private static readonly TableSchema Product = new(new(null, "product"),
        [
            new("id", new(ValueKind.Int32, ""), false, IsIdentity: true),
            new("name", new(ValueKind.String, "", 10), false),
            new("state", new(ValueKind.String, "", 10), false),
            new("since", new(ValueKind.Date, ""), true),
            new("source", new(ValueKind.String, "", 10), true),
            new("editor", new(ValueKind.String, "", 10), true),
            new("currency_id", new(ValueKind.Int32, ""), false),
            new("price", new(ValueKind.Decimal, "", null, 8, 2), false),
            new("gross", new(ValueKind.Decimal, "", null, 8, 2), false),
        ],
        ["id"], [], [new("fk_currency", ["currency_id"], Currency.Name, ["id"])]);

    private const string Fields =
        """
        { "column": "id", "name": "ID" },
        { "column": "name", "transform": ["trim", "lower"] },
        { "column": "state", "type": "enum", "members": [{ "name": "New", "value": "n" }, { "name": "Old", "value": "o" }], "transform": [{ "default": "New" }] },
        { "column": "since", "transform": [{ "default": "2024-01-01" }] },
        { "column": "source", "isEditable": false, "transform": [{ "constant": "api" }] },
        { "column": "editor", "transform": [{ "constant": "me" }] },
        { "column": "currency_id", "transform": ["trim", "upper", { "lookup": { "set": "currencies", "by": "Code" } }] },
        { "column": "price" },
        { "column": "gross", "transform": [{ "compute": "Price mul 1.2" }] }
        """;

    private static readonly ModelSnapshot Model = Plan.Shop.Build(Definitions(Fields), [Currency, Product]);

    [Theory]
    // Defaults stand for what is left out and for null; constants for everything; nothing that is computed is missing.
    [InlineData("""{"Name":" Hat ","CurrencyId":" eur ","Price":1}""", "Name='hat' Price=1 State='n' Since=2024-01-01 Source='api' Editor='me' Gross=0 CurrencyId=Currencies(Code='EUR')")]
    [InlineData("""{"Name":"Hat","CurrencyId":3,"Price":1,"State":null,"Since":"2024-02-02","Source":"x","Editor":5,"Gross":"x"}""",
        "Name='hat' CurrencyId=3 Price=1 State='n' Since=2024-02-02 Source='api' Editor='me' Gross=0")]
    public void In_a_new_entity(string body, string expected) => Read(body, BodyPurpose.Create, created: true).Should().Be(expected);

    [Theory]
    [InlineData("""{"Since":null}""", "Since=null Editor='me'")]
    [InlineData("""{"CurrencyId":"usd","Editor":"x"}""", "Editor='me' CurrencyId=Currencies(Code='USD')")]
    // What a default would have stood in for in a new entity.
    [InlineData("""{"State":null}""", "State RequiredMissing: null is not allowed here.")]
    public void In_a_change(string body, string expected) => Read(body, BodyPurpose.Update, created: false).Should().Be(expected);

    [Theory]
    [InlineData("""{"Name":"Hat","Price":1,"CurrencyId":"eur"}""", "Name='hat' Price=1 Editor='me' CurrencyId=Currencies(Code='EUR') State! Since!")]
    [InlineData("""{"Name":"Hat"}""", "CurrencyId RequiredMissing: A value is required here: PUT replaces the whole entity. PATCH changes only what it names.\nPrice RequiredMissing: A value is required here: PUT replaces the whole entity. PATCH changes only what it names.")]
    public void In_a_replacement(string body, string expected) => Read(body, BodyPurpose.Replace, created: false).Should().Be(expected);

    [Fact]
    public void A_code_has_the_type_of_what_it_is_looked_up_by() =>
        Read("""{"Name":"Hat","CurrencyId":{},"Price":1}""", BodyPurpose.Create, created: true).Should().Be("CurrencyId TypeMismatch: A text is expected, not an object.");

    [Fact]
    public void Compute_is_an_expression_of_the_model() => Written.Of(Property("Gross").Transform.Compute).Should().Be("mul(Price,1.2m)");

    [Fact]
    public void Every_mistake_of_the_transformations_has_its_place() =>
        Plan.Shop.Mistakes(Definitions(
            """
            { "column": "id", "name": "ID" },
            { "column": "name", "transform": [{}, { "default": "x" }, { "default": "much too long" }] },
            { "column": "since", "transform": ["trim", { "default": "now" }] },
            { "column": "source", "isEditable": false, "isCreatable": false, "transform": [{ "constant": "api" }] },
            { "column": "editor", "transform": [{ "constant": "me" }, { "compute": "Name" }] },
            { "column": "currency_id", "transform": [{ "lookup": { "set": "currency", "by": "Code" } }] },
            { "column": "state", "transform": [{ "lookup": { "set": "currencies", "by": "Label" } }, { "step": "trim", "compute": "x" }] },
            { "column": "price", "transform": [{ "lookup": { "set": "currencies", "by": "Cod" } }] },
            { "column": "gross", "transform": [{ "compute": "Name" }] }
            """), [Currency, Product]).Should().BeEquivalentTo(
            "products fields[1].transform[0]: A transformation is one of trim, upper, lower, or an object with one of default, constant, lookup, compute.",
            "products fields[1].transform[2].default: There is another 'default' before.",
            "products fields[1].transform[2].default: At most 10 characters are allowed, these are 13.",
            "products fields[2].transform[0]: 'trim' applies to texts; this field has type date.",
            "products fields[2].transform[1].default: 'now' is not a value of type date.",
            "products fields[3].transform[0].constant: This stores nothing: the field is neither creatable nor editable.",
            "products fields[4].transform[0].constant: With 'constant', what the client says does not matter: no other transformation can stand beside it.",
            "products fields[4].transform[1].compute: With 'compute', what the client says does not matter: no other transformation can stand beside it.",
            "products fields[5].transform[0].lookup.set: There is no endpoint 'currency'.",
            "products fields[6].transform[0].lookup.by: Two rows of Currencies could have the same Label: it is neither the key nor an alternate one.",
            "products fields[6].transform[1]: A transformation is one of trim, upper, lower, or an object with one of default, constant, lookup, compute.",
            "products fields[7].transform[0].lookup.by: Currencies has no property 'Cod'. Did you mean 'Code'?",
            "products fields[8].transform[0].compute: The expression has type Edm.String; this field has type decimal.");

    private static string Definitions(string fields) =>
        $$"""[{ "alias": "currencies", "table": "currency" }, { "alias": "products", "table": "product", "allow": { "create": true, "update": true }, "relations": [], "fields": [{{fields}}] }]""";

    private static PropertyModel Property(string name) => Model.EntitySets["Products"].PropertiesByName[name];

    private static string Read(string body, BodyPurpose purpose, bool created)
    {
        var mistakes = new Mistakes();
        using var document = JsonDocument.Parse(body);
        var entity = new EntityBodyReader(new(Model, BodyModel.Root, new()), mistakes).Read(document.RootElement, Model.EntitySets["Products"], purpose);
        if (!mistakes.Any)
            entity = created ? entity.ToCreate(mistakes) : entity.ToUpdate(mistakes);
        return mistakes.Any ? BodyModel.Of(mistakes) : WrittenBody.Of(entity);
    }
}
