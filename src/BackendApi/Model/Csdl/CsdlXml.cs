using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Model.Csdl;

/// <summary>Writes CSDL XML (CSDL XML Representation 4.01). The versions differ in one attribute only.</summary>
internal sealed class CsdlXml
{
    private const string Edmx = "http://docs.oasis-open.org/odata/ns/edmx";
    private const string Edm = "http://docs.oasis-open.org/odata/ns/edm";

    private readonly XmlWriter xml;

    private CsdlXml(XmlWriter xml) => this.xml = xml;

    /// <param name="version">4.0 or 4.01.</param>
    public static byte[] Write(CsdlDocument document, string version)
    {
        using var stream = new MemoryStream(4096 + (4096 * document.Sets.Count));
        using (var writer = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), CloseOutput = false }))
            new CsdlXml(writer).WriteDocument(document, version);
        return stream.ToArray();
    }

    private void WriteDocument(CsdlDocument document, string version)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("edmx", "Edmx", Edmx);
        xml.WriteAttributeString("Version", version);
        foreach (var (name, uri) in Annotations.References)
        {
            xml.WriteStartElement("Reference", Edmx);
            xml.WriteAttributeString("Uri", uri + ".xml");
            xml.WriteStartElement("Include", Edmx);
            xml.WriteAttributeString("Namespace", name);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteStartElement("DataServices", Edmx);
        xml.WriteStartElement("Schema", Edm);
        xml.WriteAttributeString("Namespace", EdmBuilder.Namespace);
        foreach (var type in document.EnumTypes)
            WriteEnumType(type);
        foreach (var type in document.ComplexTypes)
            WriteComplexType(type);
        foreach (var set in document.Sets)
        {
            foreach (var complex in set.AllComplex)
                WriteComplexType(complex);
            WriteEntityType(set);
            foreach (var derived in set.Derived)
                WriteDerivedType(set, derived);
        }
        foreach (var operation in document.Operations)
            WriteOperation(operation);
        foreach (var term in Annotations.OwnTerms)
            WriteTerm(term);
        WriteContainer(document);
        Write(Annotations.OfSchema(document.Version));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private void WriteEnumType(EdmEnumType type)
    {
        Start("EnumType", type.Name);
        if (type.UnderlyingType.PrimitiveKind != EdmPrimitiveTypeKind.Int32)
            xml.WriteAttributeString("UnderlyingType", type.UnderlyingType.FullName());
        if (type.IsFlags)
            xml.WriteAttributeString("IsFlags", "true");
        foreach (var member in type.Members)
        {
            Start("Member", member.Name);
            xml.WriteAttributeString("Value", Text(member.Value.Value));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void WriteComplexType(EdmComplexType type)
    {
        Start("ComplexType", type.Name);
        foreach (var property in type.DeclaredProperties)
        {
            Start("Property", property.Name);
            WriteFacets(property.Type);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void WriteComplexType(ComplexModel complex)
    {
        Start("ComplexType", complex.Type.Name);
        WriteMembers(complex.Members);
        xml.WriteEndElement();
    }

    private void WriteEntityType(EntitySetModel set)
    {
        Start("EntityType", set.Name);
        if (set.Media is not null)
            xml.WriteAttributeString("HasStream", "true");
        xml.WriteStartElement("Key", Edm);
        foreach (var property in set.Key)
        {
            Start("PropertyRef", property.Name);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        WriteMembers(set.Members);
        foreach (var stream in set.Streams)
            WriteStream(set, stream);
        foreach (var navigation in set.Navigations)
            WriteNavigation(navigation);
        Write(Annotations.OfType(set));
        xml.WriteEndElement();
    }

    private void WriteDerivedType(EntitySetModel set, DerivedModel derived)
    {
        Start("EntityType", derived.Name);
        xml.WriteAttributeString("BaseType", $"{EdmBuilder.Namespace}.{set.Name}");
        WriteMembers(derived.Members);
        foreach (var navigation in derived.Navigations)
            WriteNavigation(navigation);
        xml.WriteEndElement();
    }

    private void WriteMembers(Structure members)
    {
        foreach (var property in members.Properties)
        {
            Start("Property", property.Name);
            WriteFacets(property.Edm.Type);
            Write(Annotations.OfProperty(property));
            xml.WriteEndElement();
        }
        foreach (var complex in members.Complex)
        {
            Start("Property", complex.Name);
            WriteFacets(complex.Edm.Type);
            xml.WriteEndElement();
        }
    }

    private void WriteStream(EntitySetModel set, StreamModel stream)
    {
        Start("Property", stream.Name);
        WriteFacets(stream.Edm.Type);
        Write(Annotations.OfStream(set, stream));
        xml.WriteEndElement();
    }

    private void WriteFacets(IEdmTypeReference reference)
    {
        var type = TypeFacets.Of(reference);
        xml.WriteAttributeString("Type", type.IsCollection ? $"Collection({type.Name})" : type.Name);
        // Of a collection it is said of the items, and has no default.
        if (!type.IsNullable || type.IsCollection)
            xml.WriteAttributeString("Nullable", type.IsNullable ? "true" : "false");
        if (type.MaxLength is { } length)
            xml.WriteAttributeString("MaxLength", Text(length));
        if (type.Precision is { } precision)
            xml.WriteAttributeString("Precision", Text(precision));
        if (type.HasScale)
            xml.WriteAttributeString("Scale", type.Scale is { } scale ? Text(scale) : "variable");
    }

    private void WriteNavigation(NavigationModel navigation)
    {
        Start("NavigationProperty", navigation.Name);
        var target = $"{EdmBuilder.Namespace}.{navigation.Target.Name}";
        xml.WriteAttributeString("Type", navigation.IsCollection ? $"Collection({target})" : target);
        if (!navigation.IsCollection && !navigation.IsNullable)
            xml.WriteAttributeString("Nullable", "false");
        if (navigation.Partner is { } partner)
            xml.WriteAttributeString("Partner", partner.Name);
        foreach (var pair in navigation.Edm.ReferentialConstraint?.PropertyPairs ?? [])
        {
            xml.WriteStartElement("ReferentialConstraint", Edm);
            xml.WriteAttributeString("Property", pair.DependentProperty.Name);
            xml.WriteAttributeString("ReferencedProperty", pair.PrincipalProperty.Name);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void WriteTerm(OwnTerm term)
    {
        Start("Term", term.Name);
        xml.WriteAttributeString("Type", term.Type);
        xml.WriteAttributeString("Nullable", "false");
        xml.WriteAttributeString("AppliesTo", term.AppliesTo);
        Write([Annotations.Description(term.Description)]);
        xml.WriteEndElement();
    }

    private void WriteOperation(OperationModel operation)
    {
        Start(operation.IsAction ? "Action" : "Function", operation.Name);
        if (operation.BoundTo is not null)
            xml.WriteAttributeString("IsBound", "true");
        if (operation.IsComposable)
            xml.WriteAttributeString("IsComposable", "true");
        if (operation.EntitySetPath is { } path)
            xml.WriteAttributeString("EntitySetPath", path);
        foreach (var parameter in operation.Edm.Parameters)
        {
            Start("Parameter", parameter.Name);
            WriteFacets(parameter.Type);
            Write(Annotations.OfParameter(operation, parameter));
            xml.WriteEndElement();
        }
        if (operation.Edm.ReturnType is { } result)
        {
            xml.WriteStartElement("ReturnType", Edm);
            WriteFacets(result);
            xml.WriteEndElement();
        }
        Write(Annotations.OfOperation(operation));
        xml.WriteEndElement();
    }

    private void WriteImport(OperationModel operation)
    {
        Start(operation.IsAction ? "ActionImport" : "FunctionImport", operation.Name);
        xml.WriteAttributeString(operation.IsAction ? "Action" : "Function", operation.FullName);
        if (operation.Result is { } set)
            xml.WriteAttributeString("EntitySet", set.Name);
        if (operation.IsListed)
            xml.WriteAttributeString("IncludeInServiceDocument", "true");
        xml.WriteEndElement();
    }

    private void WriteContainer(CsdlDocument document)
    {
        Start("EntityContainer", EdmBuilder.ContainerName);
        foreach (var set in document.Sets)
        {
            Start(set.IsSingleton ? "Singleton" : "EntitySet", set.Name);
            xml.WriteAttributeString(set.IsSingleton ? "Type" : "EntityType", $"{EdmBuilder.Namespace}.{set.Name}");
            foreach (var (path, navigation) in set.NavigationPaths)
            {
                xml.WriteStartElement("NavigationPropertyBinding", Edm);
                xml.WriteAttributeString("Path", path);
                xml.WriteAttributeString("Target", navigation.Target.Name);
                xml.WriteEndElement();
            }
            Write(Annotations.OfSet(set, document.Settings));
            xml.WriteEndElement();
        }
        foreach (var import in document.Imports)
            WriteImport(import);
        Write(Annotations.OfContainer(document.Settings));
        xml.WriteEndElement();
    }

    private void Write(IEnumerable<Annotation> annotations)
    {
        foreach (var annotation in annotations)
        {
            xml.WriteStartElement("Annotation", Edm);
            xml.WriteAttributeString("Term", annotation.Term);
            WriteValue(annotation.Value);
            xml.WriteEndElement();
        }
    }

    /// <summary>A simple value as an attribute of the element that is open, another as its child.</summary>
    private void WriteValue(AnnotationValue value)
    {
        if (Simple(value) is (var kind, var text))
        {
            xml.WriteAttributeString(kind, text);
            return;
        }
        switch (value)
        {
            case AnnotationValue.Collection collection:
                xml.WriteStartElement("Collection", Edm);
                foreach (var item in collection.Items)
                    if (Simple(item) is (var itemKind, var itemText))
                        xml.WriteElementString(itemKind, Edm, itemText);
                    else
                        WriteValue(item);
                xml.WriteEndElement();
                break;
            case AnnotationValue.Record record:
                xml.WriteStartElement("Record", Edm);
                if (record.Type is { } type)
                    xml.WriteAttributeString("Type", $"{type.Namespace}.{type.Name}");
                foreach (var (name, member) in record.Members)
                {
                    xml.WriteStartElement("PropertyValue", Edm);
                    xml.WriteAttributeString("Property", name);
                    WriteValue(member);
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
                break;
        }
    }

    private static (string Kind, string Text)? Simple(AnnotationValue value) => value switch
    {
        AnnotationValue.Text text => ("String", Readable(text.Value)),
        AnnotationValue.PropertyPath path => ("PropertyPath", path.Value),
        AnnotationValue.ValuePath path => ("Path", path.Value),
        AnnotationValue.Member member => ("EnumMember", member.Value),
        AnnotationValue.Constant constant => (Element(constant.Value), LiteralText.Write(constant.Value)),
        _ => null,
    };

    private static string Element(object value) => value switch
    {
        bool => "Bool",
        byte or short or int or long => "Int",
        decimal => "Decimal",
        double or float => "Float",
        DateOnly => "Date",
        TimeOnly => "TimeOfDay",
        DateTimeOffset => "DateTimeOffset",
        TimeSpan => "Duration",
        Guid => "Guid",
        _ => "String",
    };

    private void Start(string element, string name)
    {
        xml.WriteStartElement(element, Edm);
        xml.WriteAttributeString("Name", name);
    }

    /// <summary>Comments of a catalogue can hold characters that no XML document can.</summary>
    private static string Readable(string text)
    {
        foreach (var character in text)
            if (!XmlConvert.IsXmlChar(character))
                return string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? " " : rune.ToString()));
        return text;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
