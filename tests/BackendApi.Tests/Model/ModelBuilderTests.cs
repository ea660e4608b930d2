using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using Xunit;

namespace BackendApi.Tests.Model;

public class ModelBuilderTests
{
    [Fact]
    public void A_document_of_alias_and_table_is_completed_from_the_catalogue()
    {
        var set = Build("""{ "alias": "customers", "table": "customer" }""").EntitySets["Customers"];

        set.Alias.Should().Be("customers");
        set.Description.Should().Be("Who buys.");
        set.Properties.Select(property => $"{property.Name} {property.Kind}{(property.IsNullable ? "?" : "")}").Should().Equal(
            "IdCustomer Int32", "CustomerNumber String", "Name String", "Status String", "Balance Decimal", "CreatedAt DateTimeOffset", "Attributes Json?");
        set.Key.Select(property => property.Name).Should().Equal("IdCustomer");
        set.AlternateKeys.Select(key => string.Join(",", key.Select(property => property.Name))).Should().Equal("CustomerNumber");
        set.Navigations.Should().BeEmpty();

        var identity = set.PropertiesByName["IdCustomer"];
        (identity.IsCreatable, identity.IsEditable, identity.Definition!.Validation!.IsRequired).Should().Be((false, false, false));
        var number = set.PropertiesByName["CustomerNumber"].Definition!.Validation!;
        (number.IsRequired, number.MaxLength).Should().Be((true, 16));
        set.PropertiesByName["Status"].Definition!.Validation!.Enum.Should().Equal("open", "on hold", "closed");
        var balance = set.PropertiesByName["Balance"].Definition!.Validation!;
        (balance.IsRequired, balance.Precision, balance.Scale).Should().Be((false, 19, 4), "a default fills what is missing");
        set.PropertiesByName["Attributes"].Definition!.Validation!.IsRequired.Should().BeFalse();
    }

    [Fact]
    public void The_completed_document_reads_back_into_the_same_set()
    {
        var first = Build(Shop).EntitySets;
        var second = Build([.. first.Values.Select(set => set.Definition)]).EntitySets;

        second.Should().HaveSameCount(first);
        foreach (var set in first.Values)
            DefinitionWriter.ToJson(second[set.Name].Definition).Should().Be(DefinitionWriter.ToJson(set.Definition));
    }

    [Fact]
    public void Fields_that_are_listed_are_the_only_ones()
    {
        var set = Build("""
            { "alias": "customers", "table": "customer", "fields": [
              { "column": "name", "name": "Title" }, { "column": "id_customer" }, { "column": "status", "type": "enum" } ] }
            """).EntitySets["Customers"];

        set.Properties.Select(property => property.Name).Should().Equal("Title", "IdCustomer", "Status");
        set.AlternateKeys.Should().BeEmpty("the unique column is not exposed");
        set.PropertiesByName["Status"].Members.Should().Equal(new EnumMember("open"), new EnumMember("on_hold", "on hold"), new EnumMember("closed"));
        ((IEdmEnumType)set.PropertiesByName["Status"].Edm.Type.Definition).Members.Select(member => member.Name).Should().Equal("open", "on_hold", "closed");
    }

    [Fact]
    public void Names_that_collide_get_numbers_and_stated_ones_stay()
    {
        var table = new TableSchema(new(null, "odd"),
            [ShopSchema.Int("id"), ShopSchema.Text("a b", 1), ShopSchema.Text("a_b", 1), ShopSchema.Text("AB", 1), ShopSchema.Text("größe", 1), ShopSchema.Text("2nd", 1)], ["id"], [], []);

        Build("""{ "alias": "odd", "table": "odd" }""", table).EntitySets["Odd"].Properties.Select(property => property.Name)
            .Should().Equal("Id", "AB", "AB2", "AB3", "Größe", "_2nd");
        Build("""{ "alias": "odd", "table": "odd", "fields": [{ "column": "id" }, { "column": "a b" }, { "column": "a_b", "name": "AB" }] }""", table)
            .EntitySets["Odd"].Properties.Select(property => property.Name).Should().Equal("Id", "AB2", "AB");
    }

    [Fact]
    public void Entity_sets_are_named_after_their_aliases_without_taking_a_stated_or_reserved_name() =>
        Build("""
            [{ "alias": "all-products", "table": "product", "entitySet": "Products" }, { "alias": "products", "table": "product" },
             { "alias": "container", "table": "product" }]
            """).EntitySets.Keys.Order().Should().Equal("Container2", "Products", "Products2");

    [Fact]
    public void A_table_without_a_primary_key_is_identified_by_its_first_unique_key_without_nulls()
    {
        var table = new TableSchema(new(null, "code"),
            [ShopSchema.Text("loose", 9) with { IsNullable = true }, ShopSchema.Text("a", 9), ShopSchema.Text("b", 9), ShopSchema.Text("c", 9)], [],
            [new("u1", ["loose"]), new("u2", ["a", "b"]), new("u3", ["c"])], []);

        var set = Build("""{ "alias": "codes", "table": "code" }""", table).EntitySets["Codes"];

        set.Key.Select(property => property.Name).Should().Equal("A", "B");
        set.AlternateKeys.Should().ContainSingle().Which.Should().ContainSingle().Which.Name.Should().Be("C");
    }

    [Fact]
    public void Alternate_keys_are_known_to_the_edm()
    {
        var snapshot = Build("""{ "alias": "customers", "table": "customer" }""");

        snapshot.Edm.GetAlternateKeysAnnotation(snapshot.EntitySets["Customers"].EntityType)
            .Should().ContainSingle().Which.Keys.Should().Equal("CustomerNumber");
    }

    [Fact]
    public void Every_foreign_key_is_a_navigation_in_both_directions()
    {
        Navigations(Build(Shop)).Should().BeEquivalentTo(
            "Addresses.Customer -> Customers <- Addresses [FkCustomer]",
            "Addresses.OrdersByBillingAddress -> Orders* <- BillingAddress",
            "Addresses.OrdersByShippingAddress -> Orders* <- ShippingAddress",
            "Categories.Parent -> Categories? <- CategoriesByParent [ParentId]",
            "Categories.CategoriesByParent -> Categories* <- Parent",
            "Categories.ProductCategories -> ProductCategories* <- Category",
            "Customers.Addresses -> Addresses* <- Customer",
            "Customers.Orders -> Orders* <- Customer",
            "OrderItems.Order -> Orders <- OrderItems [OrderId]",
            "OrderItems.Product -> Products <- OrderItems [Sku]",
            "Orders.BillingAddress -> Addresses <- OrdersByBillingAddress [BillingAddressId]",
            "Orders.ShippingAddress -> Addresses? <- OrdersByShippingAddress [ShippingAddressId]",
            "Orders.Customer -> Customers <- Orders [CustomerId]",
            "Orders.OrderItems -> OrderItems* <- Order",
            "Products.OrderItems -> OrderItems* <- Product",
            "Products.ProductCategories -> ProductCategories* <- Product",
            "ProductCategories.Product -> Products <- ProductCategories [Sku]",
            "ProductCategories.Category -> Categories <- ProductCategories [FkCategory]");
    }

    [Theory]
    [InlineData("customer_id", "Customer")]
    [InlineData("fk_customer", "Customer")]
    [InlineData("CustomerID", "Customer")]
    [InlineData("FK_CUSTOMER_ID", "Customer")]
    [InlineData("id_customer", "Customer")]
    [InlineData("buyer_id", "Buyer")]
    [InlineData("ReportsTo", "ReportsToNavigation")]
    [InlineData("fk", "Customer")]
    public void A_navigation_to_one_is_named_after_its_column(string column, string name)
    {
        var table = new TableSchema(new(null, "visit"), [ShopSchema.Int("visit_number"), ShopSchema.Int(column)], ["visit_number"], [],
            [new("fk_visit", [column], new(null, "customer"), ["id_customer"])]);

        Build("""[{ "alias": "visits", "table": "visit" }, { "alias": "customers", "table": "customer" }]""", table)
            .EntitySets["Visits"].Navigations.Should().ContainSingle().Which.Name.Should().Be(name);
    }

    [Fact]
    public void A_navigation_gives_way_to_a_property_of_its_name()
    {
        var table = new TableSchema(new(null, "visit"), [ShopSchema.Int("id"), ShopSchema.Int("customer_id"), ShopSchema.Text("customer", 9)], ["id"], [],
            [new("fk_visit", ["customer_id"], new(null, "customer"), ["id_customer"])]);

        Build("""[{ "alias": "visits", "table": "visit" }, { "alias": "customers", "table": "customer" }]""", table)
            .EntitySets["Visits"].Navigations.Should().ContainSingle().Which.Name.Should().Be("CustomerNavigation");
    }

    [Fact]
    public void A_foreign_key_that_is_unique_leads_back_to_one()
    {
        var table = new TableSchema(new(null, "customer_note"), [ShopSchema.Int("id_customer"), ShopSchema.Text("note", 9)], ["id_customer"], [],
            [new("fk_note", ["id_customer"], new(null, "customer"), ["id_customer"])]);

        Navigations(Build("""[{ "alias": "customer-notes", "table": "customer_note" }, { "alias": "customers", "table": "customer" }]""", table)).Should().BeEquivalentTo(
            "CustomerNotes.Customer -> Customers <- CustomerNote [IdCustomer]",
            "Customers.CustomerNote -> CustomerNotes? <- Customer");
    }

    [Fact]
    public void Relations_that_are_listed_are_the_only_ones_of_that_side()
    {
        var snapshot = Build("""
            [{ "alias": "customers", "table": "customer", "relations": [{ "name": "Purchases", "alias": "sales-orders", "target": "orders", "isEditable": true }] },
             { "alias": "orders", "table": "order" }, { "alias": "addresses", "table": "address" }]
            """);

        Navigations(snapshot).Should().Contain("Customers.Purchases -> Orders* <- Customer").And.Contain("Orders.Customer -> Customers <- Purchases [CustomerId]")
            .And.Contain("Addresses.Customer -> Customers [FkCustomer]").And.NotContain(text => text.StartsWith("Customers.Addresses", StringComparison.Ordinal));
        var purchases = snapshot.EntitySets["Customers"].Navigations.Single();
        (purchases.IsEditable, purchases.Alias).Should().Be((true, "sales-orders"));
    }

    [Fact]
    public void A_link_table_need_not_be_published()
    {
        var snapshot = Build("""
            [{ "alias": "products", "table": "product", "relations": [{ "name": "Categories", "target": "Categories",
               "through": { "table": "product_category", "on": [{ "column": "sku", "targetColumn": "sku" }], "to": [{ "column": "fk_category", "targetColumn": "id_category" }] } }] },
             { "alias": "categories", "table": "category", "relations": [{ "name": "Products", "target": "products",
               "through": { "table": "product_category", "on": [{ "column": "id_category", "targetColumn": "fk_category" }], "to": [{ "column": "sku", "targetColumn": "sku" }] } }] }]
            """);

        Navigations(snapshot).Should().BeEquivalentTo("Products.Categories -> Categories* <- Products", "Categories.Products -> Products* <- Categories");
        snapshot.EntitySets["Products"].Navigations[0].Through!.Table.Should().Be(new TableName(null, "product_category"));
    }

    [Fact]
    public void A_relation_to_a_set_with_a_row_filter_can_lead_nowhere()
    {
        var snapshot = Build("""[{ "alias": "customers", "table": "customer", "filter": "Balance ge 0" }, { "alias": "orders", "table": "order" }]""");

        snapshot.EntitySets["Orders"].NavigationsByName["Customer"].IsNullable.Should().BeTrue();
        snapshot.EntitySets["Customers"].RowFilter.Should().NotBeNull();
    }

    [Fact]
    public void Where_several_sets_show_one_table_relations_lead_to_the_first_by_alias() =>
        Navigations(Build("""
            [{ "alias": "orders", "table": "order" }, { "alias": "a-customers", "table": "customer" }, { "alias": "b-customers", "table": "customer" }]
            """)).Should().BeEquivalentTo(
            "Orders.Customer -> ACustomers <- Orders [CustomerId]", "ACustomers.Orders -> Orders* <- Customer", "BCustomers.Orders -> Orders*");

    [Fact]
    public void A_document_that_is_switched_off_is_checked_but_not_served()
    {
        var snapshot = Build("""
            [{ "alias": "customers", "table": "customer", "isActive": false, "filter": "Balance ge 0" },
             { "alias": "orders", "table": "order", "relations": [{ "name": "Customer", "target": "customers" }] }]
            """);
        snapshot.EntitySets.Keys.Should().Equal("Orders");
        snapshot.EntitySets["Orders"].Navigations.Should().BeEmpty();

        Mistakes("""{ "alias": "customers", "table": "customer", "isActive": false, "filter": "Balanse ge 0", "search": ["nam"] }""").Should().Contain(text => text.StartsWith("search[0]", StringComparison.Ordinal));
        Mistakes("""{ "alias": "customers", "table": "customer", "isActive": false, "filter": "Balanse ge 0" }""").Should().ContainSingle().Which.Should().StartWith("filter: ");
    }

    [Fact]
    public void A_column_is_shown_as_another_type_where_reading_allows_it()
    {
        Build("""{ "alias": "c", "table": "customer", "fields": [{ "column": "id_customer", "type": "int64" }, { "column": "attributes", "type": "string" }] }""")
            .EntitySets["C"].Properties.Select(property => property.Kind).Should().Equal(ValueKind.Int64, ValueKind.String);

        Mistakes("""{ "alias": "c", "table": "customer", "fields": [{ "column": "id_customer", "type": "boolean" }] }""")
            .Should().Equal("fields[0].type: The column 'id_customer' has type int32 (integer), which cannot be shown as boolean.");
    }

    [Fact]
    public void Every_mistake_of_every_document_is_in_one_answer()
    {
        Mistakes("""
            [{ "alias": "a b", "entitySet": "9", "table": "custmer" },
             { "alias": "customers", "table": "customer", "key": ["name"], "concurrency": "gone", "search": ["balance"],
               "alternateKeys": [["status"]],
               "fields": [
                 { "column": "id_customer", "name": "Id", "validation": { "minLength": 1 } },
                 { "column": "nme" },
                 { "column": "name", "name": "ID", "type": "text", "validation": { "min": 1, "minLength": 9, "maxLength": 5, "pattern": "(", "format": "phone" } },
                 { "column": "status", "type": "enum", "members": [{ "name": "open" }, { "name": "on hold" }], "transform": ["shout"] },
                 { "column": "balance", "precision": 3, "validation": { "min": 7, "max": 1, "references": "orders" } }
               ],
               "relations": [
                 { "name": "id", "target": "order", "on": [{ "column": "id_customer", "targetColumn": "customer" }] },
                 { "name": "X", "target": "orders", "multiplicity": "two" },
                 { "name": "Y", "target": "orders", "on": [{ "column": "name", "targetColumn": "customer_id" }] },
                 { "name": "Z", "target": "orders", "multiplicity": "one" }
               ] },
             { "alias": "orders", "table": "order", "filter": "Totl gt 0", "rules": [{ "expression": " ", "message": "m" }] },
             { "alias": "revenue", "table": "revenue per day" }]
            """).Should().BeEquivalentTo(
            "alias: The alias 'a b' may hold letters, digits, - and _ only, at most 128.",
            "entitySet: '9' is not an OData identifier: a letter or _ first, then letters, digits and _, at most 128.",
            "table: The database has no table or view 'custmer'. Did you mean 'customer'?",
            "key: The table 'customer' has no primary key or unique constraint over name: two rows could have the same key.",
            "concurrency: 'customer' has no column 'gone'.",
            "search[0]: The column 'balance' is shown as decimal; search looks through strings.",
            "alternateKeys[0]: The table 'customer' has no primary key or unique constraint over status: two rows could have the same key.",
            "fields[0].validation.minLength: 'minLength' applies to texts; this field has type int32.",
            "fields[1].column: 'customer' has no column 'nme'. Did you mean 'name'?",
            "fields[2].name: Another field is named 'ID' already; names differ in more than case.",
            "fields[2].type: There is no type 'text'; types are boolean, byte, int16, int32, int64, decimal, double, single, string, date, timeOfDay, dateTimeOffset, duration, guid, binary, json, enum, and collection(...) of those that a JSON list can hold.",
            "fields[2].validation.min: 'min' applies to numbers; this field has type string.",
            "fields[2].validation.minLength: The minimum length 9 is above the maximum length 5.",
            "fields[2].validation.pattern: The pattern is not a regular expression: InsufficientClosingParentheses at character 1.",
            "fields[2].validation.format: There is no format 'phone'. There are email, url, uuid.",
            "fields[3].members[1].name: 'on hold' is not an OData identifier: a letter or _ first, then letters, digits and _, at most 128.",
            "fields[3].members: The column 'status' allows the value 'closed', for which there is no member.",
            "fields[3].transform[0]: There is no transformation 'shout'. There are trim, upper, lower, and objects with default, constant, lookup or compute.",
            "fields[4].precision: The column 'balance' holds 19 digits, more than 3.",
            "fields[4].validation.min: The minimum 7 is above the maximum 1.",
            "relations[0].name: A field is named 'id' already; names differ in more than case.",
            "relations[0].target: There is no endpoint 'order'. Did you mean 'orders'?",
            "relations[1].multiplicity: The multiplicity 'two' is neither one nor many.",
            "relations[2].on[0]: 'name' (string) and 'customer_id' (int32) can never be equal.",
            "relations[3].multiplicity: Several rows of 'order' can have the same customer_id: the relation leads to many.",
            "rules[0].expression: The rule has no expression.",
            "filter: The type BackendApi.Orders has no property 'Totl' at position 0 of the filter. Did you mean 'Total'?",
            "key: 'revenue per day' is a view: name the columns that identify a row.");
    }

    [Fact]
    public void Every_mistake_of_streams_is_in_one_answer()
    {
        Mistakes("""
            [{ "alias": "customers", "table": "customer", "fields": [{ "column": "id_customer", "name": "Id" }],
               "streams": [ { "column": "name" }, { "column": "gone" }, { "column": "name", "name": "ID", "contentType": "picture" }, { "column": "status", "name": "no body", "contentTypeColumn": "balance" } ] }]
            """).Should().BeEquivalentTo(
            "streams[0].column: The column 'name' has type string; a stream is binary.",
            "streams[1].column: 'customer' has no column 'gone'.",
            "streams[2].column: The column 'name' is listed twice.",
            "streams[2].column: The column 'name' has type string; a stream is binary.",
            "streams[2].name: Another property is named 'ID' already; names differ in more than case.",
            "streams[2].contentType: 'picture' is not a media type such as image/png.",
            "streams[3].name: 'no body' is not an OData identifier: a letter or _ first, then letters, digits and _, at most 128.",
            "streams[3].column: The column 'status' has type string; a stream is binary.",
            "streams[3].contentTypeColumn: The column 'balance' has type decimal; a media type is a text.");
    }

    [Fact]
    public void Every_mistake_of_types_that_are_not_flat_is_in_one_answer()
    {
        Mistakes("""
            [{ "alias": "customers", "table": "customer", "isSingleton": true, "allow": { "create": true, "delete": true },
               "media": { "column": "name", "contentType": "picture", "contentTypeColumn": "balance" },
               "fields": [
                 { "column": "id_customer", "name": "Id" },
                 { "column": "name", "name": "Contact", "items": [] }, { "column": "status", "name": "Contact/9" }, { "column": "status", "name": "Contact/Status" },
                 { "column": "balance", "type": "collection(decimal)" }, { "column": "attributes", "type": "collection(json)", "items": [{ "name": "A", "type": "strin" }, { "name": "a", "type": "json" }] }
               ],
               "derived": [
                 { "name": "Vip", "column": "status", "value": "open", "fields": [{ "column": "gone" }, { "column": "attributes", "name": "id/X" }] },
                 { "name": "vip", "column": "status", "value": "open" },
                 { "name": "No body", "column": "balance", "value": "1" },
                 { "name": "Nobody", "column": "stats", "value": "1" }
               ] }]
            """).Should().BeEquivalentTo(
            "allow.create: A singleton is never created.",
            "allow.delete: A singleton is never deleted.",
            "media.contentType: 'picture' is not a media type such as image/png.",
            "media.column: The column 'name' has type string; a stream is binary.",
            "media.contentTypeColumn: The column 'balance' has type decimal; a media type is a text.",
            "fields[2].name: '9' is not an OData identifier: a letter or _ first, then letters, digits and _, at most 128.",
            "fields[2].name: 'Contact' is a field and a complex property at once.",
            "fields[3].name: 'Contact' is a field and a complex property at once.",
            "fields[3].column: The column 'status' is listed twice.",
            "fields[4].type: The column 'balance' has type decimal (numeric(19,4)), which cannot be shown as collection(decimal).",
            "fields[1].items: Only a field of type collection(json) has items.",
            "fields[5].items[0].type: A member of an object in a list cannot have the type 'strin'. Did you mean 'string'?",
            "fields[5].items[1].name: Another member is named 'a' already; names differ in more than case.",
            "fields[5].items[1].type: A member of an object in a list cannot have the type 'json'.",
            "derived[0].fields[0].column: 'customer' has no column 'gone'.",
            "derived[0].fields[1].name: 'id' is a field of the endpoint already; names differ in more than case.",
            "derived[1].name: Another type or set is named 'vip' already; names differ in more than case.",
            "derived[1].value: Rows with the value 'open' are of the type 'Vip' already.",
            "derived[2].name: 'No body' is not an OData identifier: a letter or _ first, then letters, digits and _, at most 128.",
            "derived[2].column: The column 'status' tells the type of a row: it is the same for all derived types.",
            "derived[3].column: 'customer' has no column 'stats'. Did you mean 'status'?");
    }

    [Theory]
    [InlineData("id_customer", "1x", "derived[0].value: The column 'id_customer' (int32) cannot hold '1x' as the mark of a type; texts and whole numbers can be one.")]
    [InlineData("balance", "1", "derived[0].value: The column 'balance' (decimal) cannot hold '1' as the mark of a type; texts and whole numbers can be one.")]
    public void The_mark_of_a_derived_type_is_a_text_or_a_whole_number(string column, string value, string mistake) =>
        Mistakes($$"""{ "alias": "customers", "table": "customer", "derived": [{ "name": "Vip", "column": "{{column}}", "value": "{{value}}" }] }""")
            .Should().Equal(mistake);

    [Fact]
    public void A_complex_property_is_no_part_of_a_key() =>
        Mistakes("""{ "alias": "customers", "table": "customer", "fields": [{ "column": "id_customer", "name": "Key/Id" }] }""")
            .Should().Equal("key: The column 'id_customer' is part of the complex property Key, which cannot be part of a key.");

    [Fact]
    public void Mistakes_that_only_two_documents_together_make_are_found()
    {
        Mistakes("""
            [{ "alias": "customers", "table": "customer" }, { "alias": "Customers", "table": "customer", "entitySet": "Clients" },
             { "alias": "clients", "table": "customer", "entitySet": "clients" }, { "alias": "x", "table": "customer", "entitySet": "Container" }]
            """).Should().BeEquivalentTo(
            "alias: Another document has the alias 'customers' already; aliases differ in more than case.",
            "entitySet: Another document has the entity set 'clients' already; names differ in more than case.",
            "entitySet: The name 'Container' is reserved.");
    }

    [Fact]
    public void One_answer_names_paths_of_the_document_that_was_sent_as_they_are()
    {
        var mistakes = new[] { new DefinitionMistake("orders", "fields[3].validation.min", "m"), new DefinitionMistake("other", "relations[0].target", "n") };

        var error = DefinitionMistake.Summarize(mistakes, "orders");
        error.Row.Should().Be(Errors.InvalidDefinition);
        error.Message.Should().Be("The configuration has 2 mistakes; the details name each.");
        error.Details!.Select(detail => detail.Target).Should().Equal("fields[3].validation.min", "other: relations[0].target");
        DefinitionMistake.Summarize(mistakes[..1], "orders").Target.Should().Be("fields[3].validation.min");
    }

    [Fact]
    public void What_could_not_be_read_is_not_reported_again_by_the_builder()
    {
        var read = DefinitionReader.Read("""{ "alias": "orders", "tabel": "order", "key": "id" }""", DefinitionFormat.Json);
        var built = ModelBuilder.Build(1, read.Definitions, ShopSchema.Tables, new());

        DefinitionMistake.Join(read.Mistakes, built.Mistakes).Select(mistake => mistake.Path).Should().BeEquivalentTo("table", "tabel", "key");
    }

    [Fact]
    public void A_compiled_set_is_part_of_the_model()
    {
        var address = new StructuredType("Place", [new("Street", ValueKind.String), new("Numbers", ValueKind.Int32, IsCollection: true)]);
        var table = new TableSchema(new(null, "backend_thing"),
            [ShopSchema.Text("name", 9), ShopSchema.Text("place", null) with { IsNullable = true }, ShopSchema.Text("places", null), ShopSchema.Text("tags", null)], ["name"], [], []);
        var module = new ModuleBuilder();
        module.Table(table);
        module.DocumentSet<Things>(
            new()
            {
                Alias = "things", Table = "backend_thing", Description = "Whatever.",
                Fields = [new() { Column = "name" }, new() { Column = "place", Type = "json" }, new() { Column = "places", Type = "json" }, new() { Column = "tags", Type = "collection(string)" }],
            },
            new Dictionary<string, StructuredColumn> { ["place"] = new(address), ["places"] = new(address, IsCollection: true) });

        var result = ModelBuilder.Build(1, [new() { Alias = "place", Table = "product" }], ShopSchema.Tables, new(), null, new([module.Build()]));

        result.Mistakes.Should().BeEmpty();
        var set = result.Snapshot!.EntitySets["Things"];
        set.TakesDocuments.Should().BeTrue();
        set.Properties.Select(property => $"{property.Kind} {property.Edm.Type.FullName()}").Should().Equal(
            "String Edm.String", "Json BackendApi.Place", "Json Collection(BackendApi.Place)", "Json Collection(Edm.String)");
        result.Snapshot.EntitySets.Keys.Should().BeEquivalentTo("Things", "Place2");
        result.Snapshot.ByAlias.Keys.Should().BeEquivalentTo("place", "things");
    }

    [Theory]
    [InlineData("backend_thing")]
    [InlineData("BACKEND_THING")]
    [InlineData("[backend_thing]")]
    public void No_document_reaches_a_table_that_only_modules_know(string name)
    {
        var module = new ModuleBuilder();
        module.Table(new(new(null, "backend_thing"), [ShopSchema.Text("name", 9)], ["name"], [], []));
        EndpointDefinition[] documents =
        [
            new() { Alias = "things", Table = name },
            new() { Alias = "products", Table = "product", Relations = [new() { Name = "Things", Target = "products", Through = new(name, [new("id", "name")], [new("name", "id")]) }] },
        ];

        var result = ModelBuilder.Build(1, documents, ShopSchema.Tables, new(), null, new([module.Build()]));

        result.Mistakes.Select(mistake => $"{mistake.Document}: {mistake.Path}").Should().BeEquivalentTo("things: table", "products: relations[0].through.table");
        result.Mistakes.Should().OnlyContain(mistake => !mistake.Message.Contains("Did you mean"));
    }

    private abstract class Things : DocumentFacade;

    public const string Shop = """
        [{ "alias": "customers", "table": "customer" }, { "alias": "addresses", "table": "address" }, { "alias": "orders", "table": "order" },
         { "alias": "order-items", "table": "order_item" }, { "alias": "products", "table": "product" }, { "alias": "categories", "table": "category" },
         { "alias": "product-categories", "table": "product_category" }]
        """;

    private static IEnumerable<string> Navigations(ModelSnapshot snapshot) =>
        from set in snapshot.EntitySets.Values
        from navigation in set.Navigations
        let constraint = navigation.Edm.ReferentialConstraint
        select $"{set.Name}.{navigation.Name} -> {navigation.Target.Name}{(navigation.IsCollection ? "*" : navigation.IsNullable ? "?" : "")}"
            + (navigation.Partner is null ? "" : $" <- {navigation.Partner.Name}")
            + (constraint is null ? "" : $" [{string.Join(",", constraint.PropertyPairs.Select(pair => pair.DependentProperty.Name))}]");

    internal static ModelSnapshot Build(string json, params TableSchema[] more) => Build(Read(json), more);

    private static ModelSnapshot Build(IReadOnlyList<EndpointDefinition> definitions, params TableSchema[] more)
    {
        var result = ModelBuilder.Build(1, definitions, ShopSchema.Tables.Values.Concat(more).ToDictionary(table => table.Name), new());
        result.Mistakes.Should().BeEmpty();
        return result.Snapshot!;
    }

    private static IEnumerable<string> Mistakes(string json)
    {
        var result = ModelBuilder.Build(1, Read(json), ShopSchema.Tables, new());
        result.Snapshot.Should().BeNull();
        return result.Mistakes.Select(mistake => $"{mistake.Path}: {mistake.Message.Split('\n')[0]}");
    }

    private static IReadOnlyList<EndpointDefinition> Read(string json)
    {
        var read = DefinitionReader.Read(json, DefinitionFormat.Json);
        read.Mistakes.Should().BeEmpty();
        return read.Definitions;
    }
}
