using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies.Community.V1;

namespace BackendApi.Tests.Parse;

/// <summary>A model with one of everything that a URL can address.</summary>
internal static class ShopEdm
{
    public static readonly EdmModel Model = Build();

    public static readonly IEdmEntityType Customer = (IEdmEntityType)Model.FindType("Demo.Customer");

    private static EdmModel Build()
    {
        var model = new EdmModel();
        var status = new EdmEnumType("Demo", "Status");
        foreach (var (member, value) in new[] { ("Open", 1), ("Closed", 2), ("Held", 3) })
            status.AddMember(member, new EdmEnumMemberValue(value));
        var rights = new EdmEnumType("Demo", "Rights", isFlags: true);
        foreach (var (member, value) in new[] { ("Read", 1), ("Write", 2), ("Share", 4) })
            rights.AddMember(member, new EdmEnumMemberValue(value));
        var address = new EdmComplexType("Demo", "Address");
        address.AddStructuralProperty("City", EdmPrimitiveTypeKind.String);
        address.AddStructuralProperty("Zip", EdmPrimitiveTypeKind.String);

        var customer = new EdmEntityType("Demo", "Customer");
        customer.AddKeys(customer.AddStructuralProperty("Id", EdmPrimitiveTypeKind.Int32, isNullable: false));
        customer.AddStructuralProperty("Name", EdmPrimitiveTypeKind.String);
        var email = customer.AddStructuralProperty("Email", EdmPrimitiveTypeKind.String);
        customer.AddStructuralProperty("Country", EdmPrimitiveTypeKind.String);
        customer.AddStructuralProperty("Balance", EdmCoreModel.Instance.GetDecimal(19, 4, isNullable: true));
        customer.AddStructuralProperty("Created", EdmPrimitiveTypeKind.DateTimeOffset);
        customer.AddStructuralProperty("Born", EdmPrimitiveTypeKind.Date);
        customer.AddStructuralProperty("Opens", EdmPrimitiveTypeKind.TimeOfDay);
        customer.AddStructuralProperty("Wait", EdmPrimitiveTypeKind.Duration);
        customer.AddStructuralProperty("Token", EdmPrimitiveTypeKind.Guid);
        customer.AddStructuralProperty("Photo", EdmPrimitiveTypeKind.Binary);
        customer.AddStructuralProperty("Rating", EdmPrimitiveTypeKind.Double);
        customer.AddStructuralProperty("Ratio", EdmPrimitiveTypeKind.Single);
        customer.AddStructuralProperty("Tiny", EdmPrimitiveTypeKind.Byte);
        customer.AddStructuralProperty("Small", EdmPrimitiveTypeKind.Int16);
        customer.AddStructuralProperty("Big", EdmPrimitiveTypeKind.Int64);
        customer.AddStructuralProperty("IsActive", EdmPrimitiveTypeKind.Boolean);
        customer.AddStructuralProperty("Status", new EdmEnumTypeReference(status, isNullable: true));
        customer.AddStructuralProperty("Rights", new EdmEnumTypeReference(rights, isNullable: true));
        customer.AddStructuralProperty("Address", new EdmComplexTypeReference(address, isNullable: true));
        customer.AddStructuralProperty("Tags", new EdmCollectionTypeReference(new EdmCollectionType(EdmCoreModel.Instance.GetString(isNullable: true))));
        // Two names that differ in case only, and one that looks like a function.
        customer.AddStructuralProperty("Note", EdmPrimitiveTypeKind.String);
        customer.AddStructuralProperty("NOTE", EdmPrimitiveTypeKind.String);
        customer.AddStructuralProperty("Year", EdmPrimitiveTypeKind.Int32);

        var vip = new EdmEntityType("Demo", "Vip", customer);
        vip.AddStructuralProperty("Perk", EdmPrimitiveTypeKind.String);

        var order = new EdmEntityType("Demo", "Order");
        order.AddKeys(order.AddStructuralProperty("Id", EdmPrimitiveTypeKind.Int32, isNullable: false));
        order.AddStructuralProperty("Total", EdmCoreModel.Instance.GetDecimal(19, 4, isNullable: true));
        order.AddStructuralProperty("Status", EdmPrimitiveTypeKind.String);
        order.AddStructuralProperty("Placed", EdmPrimitiveTypeKind.DateTimeOffset);

        var item = new EdmEntityType("Demo", "Item");
        var itemOrder = item.AddStructuralProperty("OrderId", EdmPrimitiveTypeKind.Int32, isNullable: false);
        var itemLine = item.AddStructuralProperty("Line", EdmPrimitiveTypeKind.Int16, isNullable: false);
        item.AddKeys(itemOrder, itemLine);
        item.AddStructuralProperty("Product", EdmPrimitiveTypeKind.String);
        item.AddStructuralProperty("Quantity", EdmPrimitiveTypeKind.Int32);

        var country = new EdmEntityType("Demo", "Country");
        country.AddKeys(country.AddStructuralProperty("Code", EdmPrimitiveTypeKind.String, isNullable: false));

        customer.AddBidirectionalNavigation(
            new() { Name = "Orders", Target = order, TargetMultiplicity = EdmMultiplicity.Many },
            new() { Name = "Customer", Target = customer, TargetMultiplicity = EdmMultiplicity.ZeroOrOne });
        customer.AddUnidirectionalNavigation(new() { Name = "Manager", Target = customer, TargetMultiplicity = EdmMultiplicity.ZeroOrOne });
        order.AddBidirectionalNavigation(
            new() { Name = "Items", Target = item, TargetMultiplicity = EdmMultiplicity.Many },
            new() { Name = "Order", Target = order, TargetMultiplicity = EdmMultiplicity.One });
        vip.AddUnidirectionalNavigation(new() { Name = "Guests", Target = customer, TargetMultiplicity = EdmMultiplicity.Many });

        var ranked = new EdmFunction("Demo", "Ranked", new EdmCollectionTypeReference(new EdmCollectionType(new EdmEntityTypeReference(customer, false))));
        ranked.AddParameter("count", EdmCoreModel.Instance.GetInt32(isNullable: false));
        var near = new EdmFunction("Demo", "Near", new EdmEntityTypeReference(customer, false));
        near.AddParameter("city", EdmCoreModel.Instance.GetString(isNullable: false));
        var archive = new EdmAction("Demo", "Archive", null, isBound: true, entitySetPathExpression: null);
        archive.AddParameter("customer", new EdmEntityTypeReference(customer, false));

        model.AddElements([status, rights, address, customer, vip, order, item, country, ranked, near, archive]);
        var container = new EdmEntityContainer("Demo", "Container");
        container.AddEntitySet("Customers", customer);
        container.AddEntitySet("Orders", order);
        container.AddEntitySet("Items", item);
        container.AddEntitySet("Countries", country);
        container.AddSingleton("Owner", customer);
        container.AddFunctionImport("Ranked", ranked);
        container.AddFunctionImport("Near", near);
        model.AddElement(container);
        model.AddAlternateKeyAnnotation(customer, new Dictionary<string, IEdmProperty> { ["Email"] = email });
        return model;
    }
}
