using System.Text.Json;
using BackendApi.Parse.Bodies;
using FluentAssertions;
using Xunit;
using static BackendApi.Tests.Parse.Bodies.BodyModel;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>What rows of the Data Exchange dialect say: names are aliases, complex properties lie flat, and a change leaves children alone that it does not name.</summary>
public class DataExchangeBodyTests
{
    [Theory]
    [InlineData("""{"Code":"a-1","full-name":"Ada","city":"Bern","Credit":10}""", "Code='A-1' Name='Ada' Address/City='Bern' Credit=10")]
    [InlineData("""{"Code":"A","full-name":"Ada","orders":[{"Note":"x","items":[{"Line":1,"Sku":"s","qty":2}]}]}""",
        "Code='A' Name='Ada' Orders=[{Note='x' Items=[{Line=1 Sku='s' Quantity=2}]}]")]
    [InlineData("""{"Code":"A","full-name":"Ada","manager":{"Code":"B","full-name":"Bo"}}""", "Code='A' Name='Ada' Manager=[{Code='B' Name='Bo'}]")]
    [InlineData("""{"Code":"A","full-name":"Ada","manager":[{"Code":"B","full-name":"Bo"}],"orders":[]}""", "Code='A' Name='Ada' Manager=[{Code='B' Name='Bo'}]")]
    public void A_new_row(string row, string expected) => Row(row, BodyPurpose.Create).Should().Be(expected);

    [Theory]
    [InlineData("""{"ID":1,"full-name":"Ada"}""", "(1) Name='Ada'")]
    [InlineData("""{"ID":1,"orders":[{"ID":2,"Note":"x"},{"Note":"new"}]}""", "(1) Orders+=[{(2) Note='x'} {Note='new'}]")]
    [InlineData("""{"ID":1,"manager":null}""", "(1) Manager->[]")]
    public void A_change(string row, string expected) => Row(row, BodyPurpose.Update).Should().Be(expected);

    [Theory]
    [InlineData("""{"ID":1,"Instant":"2024-02-29 12:00:00.5","Boolean":1}""", "(1) ID=1 Instant=2024-02-29T12:00:00.5Z Boolean=true")]
    [InlineData("""{"ID":1,"Instant":"2024-02-29T12:00:00+01:00","Boolean":false,"State":"Open"}""", "(1) ID=1 Instant=2024-02-29T11:00:00Z Boolean=false State='O'")]
    public void Values_as_the_dialect_s_own_clients_write_them(string row, string expected) => Row(row, BodyPurpose.Create, set: "Values").Should().Be(expected);

    [Fact]
    public void A_replacement_is_complete() => Row("""{"ID":1,"Credit":5}""", BodyPurpose.Replace).Should().Be(
        "customers[1].Code RequiredMissing: A value is required here: PUT replaces the whole entity. PATCH changes only what it names.\n"
        + "customers[1].full-name RequiredMissing: A value is required here: PUT replaces the whole entity. PATCH changes only what it names.");

    [Theory]
    [InlineData(BodyPurpose.Create, """{"Code":"A"}""", "customers[1].full-name RequiredMissing: A value is required here.")]
    [InlineData(BodyPurpose.Create, """{"ID":7,"Code":"A","full-name":"x"}""", "customers[1].ID ImmutableProperty: Clients cannot write this field. Leave it out.")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","full-name":"x","Changed":"2024-01-01T00:00:00Z"}""", "customers[1].Changed ImmutableProperty: Clients cannot write this field. Leave it out.")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","Name":"x","full-name":"x"}""", "customers[1].Name UnknownProperty: customers has no field 'Name'.")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","full-name":"x","order":[]}""", "customers[1].order UnknownRelation: customers has no relation 'order'. Did you mean 'orders'?")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","full-name":"x","Reports":[]}""", "customers[1].Reports RelationNotEditable: Rows of customers cannot be written through Reports. Write them at their own address.")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","full-name":"x","orders":[{},{"items":[{"Line":"1","Sku":"s"}]}]}""",
        "customers[1].orders[1].items[0].Line TypeMismatch: A whole number from -32768 to 32767 is expected. Write it without quotes.")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","full-name":"x","orders":{}}""", "customers[1].orders TypeMismatch: A list of rows in brackets is expected, not an object.")]
    [InlineData(BodyPurpose.Create, """{"Code":"A","full-name":"x","manager":[{},{}]}""", "customers[1].manager InvalidValue: manager leads to one row.")]
    [InlineData(BodyPurpose.Create, "[]", "customers[1] InvalidBody: An object is expected here, not a list.")]
    [InlineData(BodyPurpose.Update, """{"full-name":"x"}""", "customers[1] MissingKey: The row that is meant is named by ID.")]
    [InlineData(BodyPurpose.Update, """{"ID":1,"Code":"B"}""", "customers[1].Code ImmutableProperty: Clients cannot write this field. Leave it out.")]
    [InlineData(BodyPurpose.Update, """{"ID":"x"}""", "customers[1].ID TypeMismatch: A whole number from -2147483648 to 2147483647 is expected. Write it without quotes.")]
    public void A_row_is_refused(BodyPurpose purpose, string row, string expected) => Row(row, purpose).Should().Be(expected);

    private static string Row(string row, BodyPurpose purpose, string set = "Customers")
    {
        var mistakes = new Mistakes();
        using var document = JsonDocument.Parse(row);
        var model = BodyModel.Model.EntitySets[set];
        var entity = new DataExchangeBodyReader(Scope, mistakes).Read(document.RootElement, model, purpose, isAddressed: false, DataExchangeBodyReader.PathOf(model, 1));
        return mistakes.Any ? Of(mistakes) : WrittenBody.Of(entity);
    }
}
