using BackendApi.Parse.Bodies;
using FluentAssertions;
using Xunit;
using static BackendApi.Tests.Parse.Bodies.BodyModel;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>What bodies of OData say of an entity, and of those around it.</summary>
public class EntityBodyTests
{
    [Theory]
    // Properties.
    [InlineData("""{"Code":" a-1 ","Name":"Ada","Credit":10.50}""", "Code='A-1' Name='Ada' Credit=10.5")]
    [InlineData("""{"Code":"A","Name":"Ada","Address":{"City":"Bern"}}""", "Code='A' Name='Ada' Address/City='Bern'")]
    [InlineData("""{"Code":"A","Name":"Ada","Address":null}""", "Code='A' Name='Ada' Address/Street=null Address/City=null")]
    [InlineData("""{"\u0043ode":"A","N\u0061me":"Ada","Address":{"\u0043ity":"Bern"}}""", "Code='A' Name='Ada' Address/City='Bern'")]
    // What the client cannot write is ignored (Protocol 11.4.2).
    [InlineData("""{"ID":7,"Code":"A","Name":"Ada","Changed":"never"}""", "(7) Code='A' Name='Ada'")]
    [InlineData("""{"ID":null,"Code":"A","Name":"Ada"}""", "Code='A' Name='Ada'")]
    // Control information and annotations.
    [InlineData("""{"@odata.context":"$metadata#Customers/$entity","@odata.id":"Customers(1)","@odata.editLink":"x","Code":"A","Credit@odata.type":"#Decimal","Name":"Ada","Name@my.note":1,"@my.note":{}}""", "Code='A' Name='Ada'")]
    [InlineData("""{"@context":"$metadata#Customers/$entity","@etag":"W/\"1\"","Code":"A","Name":"Ada","@mediaContentType":"a/b"}""", "etag=W/\"1\" Code='A' Name='Ada'")]
    // Types.
    [InlineData("""{"@odata.type":"#BackendApi.VipCustomer","Code":"A","Name":"Ada","Level":3}""", ":VipCustomer Code='A' Name='Ada' Level=3")]
    [InlineData("""{"Level":3,"Code":"A","Name":"Ada","@type":"https://shop.example/odata/$metadata#BackendApi.VipCustomer"}""", ":VipCustomer Level=3 Code='A' Name='Ada'")]
    [InlineData("""{"@odata.type":"BackendApi.Customers","Code":"A","Name":"Ada"}""", "Code='A' Name='Ada'")]
    // References.
    [InlineData("""{"Code":"A","Name":"Ada","Manager@odata.bind":"Customers(3)"}""", "Code='A' Name='Ada' Manager->[Customers(ID=3)]")]
    [InlineData("""{"Code":"A","Name":"Ada","Manager@bind":"https://shop.example/odata/Customers/3"}""", "Code='A' Name='Ada' Manager->[Customers(ID=3)]")]
    [InlineData("""{"Code":"A","Name":"Ada","Manager@odata.bind":"/odata/Customers(Code='B%20C')"}""", "Code='A' Name='Ada' Manager->[Customers(Code='B C')]")]
    [InlineData("""{"Code":"A","Name":"Ada","Manager":{"@id":"Customers(3)/BackendApi.VipCustomer"}}""", "Code='A' Name='Ada' Manager->[Customers(ID=3)]")]
    [InlineData("""{"Code":"A","Name":"Ada","Manager":null}""", "Code='A' Name='Ada' Manager->[]")]
    [InlineData("""{"Code":"A","Name":"Ada","Orders@odata.bind":["Orders(1)","Orders(2)"]}""", "Code='A' Name='Ada' Orders->[Orders(ID=1) Orders(ID=2)]")]
    // The foreign key follows the reference.
    [InlineData("""{"Code":"A","Name":"Ada","ManagerID":9,"Manager@odata.bind":"Customers(3)"}""", "Code='A' Name='Ada' Manager->[Customers(ID=3)]")]
    // Nested entities.
    [InlineData("""{"Code":"A","Name":"Ada","Orders":[{"Note":"x","Items":[{"Line":1,"Sku":"s"}]},{"@id":"Orders(5)"}]}""",
        "Code='A' Name='Ada' Orders=[{Note='x' Items=[{Line=1 Sku='s'}]} ->Orders(ID=5)]")]
    [InlineData("""{"Code":"A","Name":"Ada","Orders":[],"Manager":{"Code":"B","Name":"Bo","@type":"#BackendApi.VipCustomer","Level":1}}""",
        "Code='A' Name='Ada' Orders=[] Manager=[{:VipCustomer Code='B' Name='Bo' Level=1}]")]
    [InlineData("""{"Code":"A","Name":"Ada","Orders@odata.bind":["Orders(1)"],"Orders":[{"Note":"x"}]}""", "Code='A' Name='Ada' Orders->[Orders(ID=1)] Orders=[{Note='x'}]")]
    public void A_new_entity(string body, string expected) => Read("Customers", body).Should().Be(expected);

    [Theory]
    [InlineData("""{"Name":"Ada"}""", "Name='Ada'")]
    [InlineData("{}", "")]
    // The address says which entity.
    [InlineData("""{"ID":5,"Name":"Ada"}""", "(5) Name='Ada'")]
    [InlineData("""{"Address":{"Street":null}}""", "Address/Street=null")]
    // Nested entities with a key may exist; the one without is new, and complete.
    [InlineData("""{"Orders":[{"ID":1,"Note":null},{"Note":"new"},{"@id":"Orders(2)","Note":"x"}]}""", "Orders=[{(1) Note=null} {Note='new'} {(2) Note='x'}]")]
    [InlineData("""{"Orders@delta":[{"@removed":{"reason":"deleted"},"@id":"Orders(1)"},{"@odata.removed":{"reason":"changed"},"ID":2},{"ID":3,"Note":"x"},{"@id":"Orders(4)"}]}""",
        "Orders+=[{(1) -Deleted} {(2) -Changed} {(3) Note='x'} ->Orders(ID=4)]")]
    public void A_change(string body, string expected) => Read("Customers", body, BodyPurpose.Update).Should().Be(expected);

    [Fact]
    public void The_items_of_an_order_are_known_by_their_line_within_it() =>
        Read("Orders", """{"Items":[{"Line":1,"Quantity":2},{"Line":2,"Sku":"b"}]}""", BodyPurpose.Update).Should().Be("Items=[{Line=1 Quantity=2} {Line=2 Sku='b'}]");

    [Theory]
    // Names.
    [InlineData("""{"Code":"A","Nam":"x","Name":"x"}""", "Nam UnknownProperty: There is no property 'Nam'. Did you mean 'Name'?")]
    [InlineData("""{"Code":"A","name":"x","Name":"x"}""", "name UnknownProperty: There is no property 'name'. Did you mean 'Name'?")]
    [InlineData("""{"Code":"A","Name":"x","Address":{"Town":"x"}}""", "Address.Town UnknownProperty: There is no property 'Town'.")]
    [InlineData("""{"Code":"A","Name":"x","Level":1}""", "Level UnknownProperty: Only entities of the type BackendApi.VipCustomer have this property: name the type in @odata.type, or in the address.")]
    [InlineData("""{"Code":"A","Name":"x","Boss@odata.bind":"Customers(1)"}""", "Boss@odata.bind UnknownProperty: There is no navigation property 'Boss'.")]
    [InlineData("""{"Code":"A","Name":"x","@odata.type":"#BackendApi.Customer"}""", "@odata.type InvalidBody: Customers has no entities of this type. Did you mean 'BackendApi.Customers'?")]
    // What is missing.
    [InlineData("""{"Name":"x"}""", "Code RequiredMissing: A value is required here.")]
    [InlineData("""{"Code":"A","Name":null}""", "Name RequiredMissing: null is not allowed here.")]
    [InlineData("""{"Code":"A","Name":"x","Orders":[{"Items":[{"Line":1},{"Sku":"s"}]}]}""", "Orders[0].Items[0].Sku RequiredMissing: A value is required here.\nOrders[0].Items[1].Line RequiredMissing: A value is required here.")]
    [InlineData("""{"Code":"A","Name":"x","@odata.type":"#BackendApi.VipCustomer"}""", "Level RequiredMissing: A value is required here.")]
    // Relations.
    [InlineData("""{"Code":"A","Name":"x","Reports":[{"Code":"B","Name":"y"}]}""", "Reports RelationNotEditable: Entities of Customers cannot be written through Reports. Write them at their own address.")]
    [InlineData("""{"Code":"A","Name":"x","Reports@odata.bind":["Customers(1)"]}""", "Reports@odata.bind RelationNotEditable: Reports cannot be written.")]
    [InlineData("""{"Code":"A","Name":"x","Manager@odata.bind":"Orders(1)"}""", "Manager@odata.bind InvalidValue: An entity of Customers is expected, not of Orders.")]
    [InlineData("""{"Code":"A","Name":"x","Manager@odata.bind":"Customers"}""", "Manager@odata.bind InvalidValue: This is not the id of an entity, such as Orders(1).")]
    [InlineData("""{"Code":"A","Name":"x","Manager@odata.bind":"Orders(1)/Customer"}""", "Manager@odata.bind InvalidValue: This is not the id of an entity, such as Orders(1).")]
    [InlineData("""{"Code":"A","Name":"x","Manager@odata.bind":"https://other.example/odata/Customers(1)"}""", "Manager@odata.bind InvalidValue: This is not an entity of this service, whose ids begin with https://shop.example/odata/.")]
    [InlineData("""{"Code":"A","Name":"x","Manager@odata.bind":"$1"}""", "Manager@odata.bind InvalidValue: '$1' refers to no earlier request of a batch.")]
    [InlineData("""{"Code":"A","Name":"x","Manager@odata.bind":["Customers(1)"]}""", "Manager@odata.bind TypeMismatch: The id of an entity is expected as text, not a list.")]
    [InlineData("""{"Code":"A","Name":"x","Orders@odata.bind":"Orders(1)"}""", "Orders@odata.bind TypeMismatch: Orders leads to many: a list of ids in brackets is expected, not a text.")]
    [InlineData("""{"Code":"A","Name":"x","Orders":{}}""", "Orders TypeMismatch: Orders leads to many: a list of entities in brackets is expected, not an object.")]
    [InlineData("""{"Code":"A","Name":"x","Orders":[null]}""", "Orders[0] InvalidBody: An object is expected here, not null.")]
    [InlineData("""{"Code":"A","Name":"x","Manager":{"@id":"Customers(1)"},"Manager@odata.bind":"Customers(2)"}""", "Manager@odata.bind InvalidBody: Manager is said twice.")]
    [InlineData("""{"Code":"A","Name":"x","Orders@delta":[]}""", "Orders@delta InvalidBody: A delta changes what exists. What is new stands in Orders.")]
    [InlineData("""{"Code":"A","Name":"x","@removed":{"reason":"deleted"}}""", "@removed InvalidBody: Only an item of a delta can be removed.")]
    // All of them at once.
    [InlineData("""{"Code":"a b","Name":5,"Credit":-1,"Orders":[{"Items":[{"Line":1,"Sku":"s","Quantity":0}]}]}""",
        "Code InvalidValue: The text does not match the pattern ^[A-Z0-9-]+$.\nName TypeMismatch: A text is expected, not a number. Put it in quotes.\nCredit InvalidValue: At least 0 is required.\nOrders[0].Items[0].Quantity InvalidValue: At least 1 is required.")]
    public void A_new_entity_is_refused(string body, string expected) => Read("Customers", body).Should().Be(expected);

    [Theory]
    [InlineData("""{"Code":"A","Name":"x","Manager@bind":"Customers(1)"}""", "Manager@bind InvalidBody: In OData 4.0 this is written Manager@odata.bind.")]
    [InlineData("""{"Code":"A","Name":"x","@etag":"1"}""", "@etag InvalidBody: In OData 4.0 this is written @odata.etag.")]
    [InlineData("""{"Code":"A","Name":"x","@odata.etag":"1","@context":"x"}""", "etag=1 Code='A' Name='x'")]
    public void OData_4_0_knows_control_information_by_its_prefix(string body, string expected) => Read("Customers", body, scope: Scope with { IsV401 = false }).Should().Be(expected);

    [Theory]
    [InlineData("$1", "Code='A' Name='x' Manager->[Customers(ID=7)]")]
    [InlineData("$2", "Manager@odata.bind InvalidValue: '$2' refers to no earlier request of a batch.")]
    public void A_batch_says_what_its_references_stand_for(string id, string expected) =>
        Read("Customers", $$"""{"Code":"A","Name":"x","Manager@odata.bind":"{{id}}"}""", scope: Scope with { ContentIds = url => url == "$1" ? Root + "Customers(7)" : null }).Should().Be(expected);

    [Theory]
    [InlineData("""{"Manager":{"ID":1,"Manager":{"ID":2,"Manager":{"ID":3,"Name":"x"}}}}""", "Manager.Manager.Manager LimitExceeded: Entities nest deeper than the 2 levels that are allowed.")]
    [InlineData("""{"Orders":[{"ID":1},{"@id":"Orders(2)"},{"ID":3},{"ID":4},{"ID":5}]}""", "Orders[3] LimitExceeded: More than the 4 entities that one may hold.")]
    [InlineData("""{"Orders@odata.bind":["Orders(1)","Orders(2)","Orders(3)","Orders(4)"]}""", "Orders@odata.bind[3] LimitExceeded: More than the 4 entities that one may hold.")]
    public void A_body_has_bounds(string body, string expected) => Read("Customers", body, BodyPurpose.Update, Scope with { MaxDepth = 2, MaxEntities = 4 }).Should().Be(expected);

    [Theory]
    [InlineData("""{"Level":1}""", ":VipCustomer Level=1")]
    [InlineData("""{"@type":"#BackendApi.VipCustomer","Level":1}""", ":VipCustomer Level=1")]
    [InlineData("""{"@type":"#BackendApi.Customers","Level":1}""", "@odata.type InvalidBody: The address names the type BackendApi.VipCustomer; the body names another.")]
    public void The_address_may_name_the_type(string body, string expected) => Read("Customers", body, BodyPurpose.Update, type: "VipCustomer").Should().Be(expected);

    [Theory]
    [InlineData("Name", "\"Ada\"", "Name='Ada'")]
    [InlineData("Name", "\"much too long\"", "Name InvalidValue: At most 10 characters are allowed, these are 13.")]
    [InlineData("Address", """{"City":"Bern"}""", "Address/City='Bern'")]
    [InlineData("Address", "null", "Address/Street=null Address/City=null")]
    [InlineData("Address/City", "5", "Address.City TypeMismatch: A text is expected, not a number. Put it in quotes.")]
    public void A_property_of_its_own(string property, string value, string expected) =>
        Read("Customers", value, read: (reader, json, set) => reader.ReadProperty(json, set, null, property, BodyPurpose.Update)).Should().Be(expected);

    [Theory]
    [InlineData("""{"Note":"x","CustomerID":9}""", "Note='x'")]
    public void What_the_address_fills_is_neither_missing_nor_taken_from_the_body(string body, string expected) =>
        Read("Orders", body, read: (reader, json, set) => reader.Read(json, set, BodyPurpose.Create, filled: BodyModel.Model.EntitySets["Customers"].NavigationsByName["Orders"].FilledInTarget)).Should().Be(expected);

    [Theory]
    [InlineData("""{"@removed":{"reason":"deleted"},"@id":"Customers(1)"}""", "(1) -Deleted")]
    [InlineData("""{"@removed":{},"ID":1}""", "(1) -Deleted")]
    [InlineData("""{"@id":"Customers(Code='A')","Name":"x"}""", "Customers(Code='A') Name='x'")]
    [InlineData("""{"Code":"A","Name":"x"}""", "Code='A' Name='x'")]
    [InlineData("""{"@removed":{"reason":"gone"},"ID":1}""", "@removed InvalidBody: An object with a reason is expected, such as {\"reason\":\"deleted\"} or {\"reason\":\"changed\"}.")]
    [InlineData("""{"@removed":{"reason":"deleted"}}""", "value[0] MissingKey: What is removed is named by its id or its key.")]
    public void An_item_of_a_delta(string body, string expected) => Read("Customers", body, read: (reader, json, set) => reader.ReadDeltaItem(json, set, expected.StartsWith("value", StringComparison.Ordinal) ? new("value", 0) : BodyPath.Root)).Should().Be(expected);
}
