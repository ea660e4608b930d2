using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace BackendApi.Model.Csdl;

/// <summary>Writes CSDL JSON (CSDL JSON Representation 4.01). The format exists in that version only.</summary>
internal sealed class CsdlJson
{
    private readonly Utf8JsonWriter json;

    private CsdlJson(Utf8JsonWriter json) => this.json = json;

    public static byte[] Write(CsdlDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(4096 + (4096 * document.Sets.Count));
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            new CsdlJson(writer).WriteDocument(document);
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteDocument(CsdlDocument document)
    {
        json.WriteStartObject();
        json.WriteString("$Version", "4.01");
        json.WriteString("$EntityContainer", $"{EdmBuilder.Namespace}.{EdmBuilder.ContainerName}");
        json.WriteStartObject("$Reference");
        foreach (var (name, uri) in Annotations.References)
        {
            json.WriteStartObject(uri + ".json");
            json.WriteStartArray("$Include");
            json.WriteStartObject();
            json.WriteString("$Namespace", name);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject(EdmBuilder.Namespace);
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
        foreach (var overloads in document.Operations.GroupBy(operation => operation.Name))
        {
            json.WriteStartArray(overloads.Key);
            foreach (var operation in overloads)
                WriteOperation(operation);
            json.WriteEndArray();
        }
        foreach (var term in Annotations.OwnTerms)
            WriteTerm(term);
        WriteContainer(document);
        Write(Annotations.OfSchema(document.Version));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteEnumType(EdmEnumType type)
    {
        Start(type.Name, "EnumType");
        if (type.UnderlyingType.PrimitiveKind != EdmPrimitiveTypeKind.Int32)
            json.WriteString("$UnderlyingType", type.UnderlyingType.FullName());
        if (type.IsFlags)
            json.WriteBoolean("$IsFlags", true);
        foreach (var member in type.Members)
            json.WriteNumber(member.Name, member.Value.Value);
        json.WriteEndObject();
    }

    private void WriteComplexType(EdmComplexType type)
    {
        Start(type.Name, "ComplexType");
        foreach (var property in type.DeclaredProperties)
        {
            json.WriteStartObject(property.Name);
            WriteFacets(property.Type);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteComplexType(ComplexModel complex)
    {
        Start(complex.Type.Name, "ComplexType");
        WriteMembers(complex.Members);
        json.WriteEndObject();
    }

    private void WriteEntityType(EntitySetModel set)
    {
        Start(set.Name, "EntityType");
        if (set.Media is not null)
            json.WriteBoolean("$HasStream", true);
        json.WriteStartArray("$Key");
        foreach (var property in set.Key)
            json.WriteStringValue(property.JsonName);
        json.WriteEndArray();
        WriteMembers(set.Members);
        foreach (var stream in set.Streams)
            WriteStream(set, stream);
        foreach (var navigation in set.Navigations)
            WriteNavigation(navigation);
        Write(Annotations.OfType(set));
        json.WriteEndObject();
    }

    private void WriteDerivedType(EntitySetModel set, DerivedModel derived)
    {
        Start(derived.Name, "EntityType");
        json.WriteString("$BaseType", $"{EdmBuilder.Namespace}.{set.Name}");
        WriteMembers(derived.Members);
        foreach (var navigation in derived.Navigations)
            WriteNavigation(navigation);
        json.WriteEndObject();
    }

    private void WriteMembers(Structure members)
    {
        foreach (var property in members.Properties)
        {
            json.WriteStartObject(property.JsonName);
            WriteFacets(property.Edm.Type);
            Write(Annotations.OfProperty(property));
            json.WriteEndObject();
        }
        foreach (var complex in members.Complex)
        {
            json.WriteStartObject(complex.JsonName);
            WriteFacets(complex.Edm.Type);
            json.WriteEndObject();
        }
    }

    private void WriteStream(EntitySetModel set, StreamModel stream)
    {
        json.WriteStartObject(stream.Name);
        WriteFacets(stream.Edm.Type);
        Write(Annotations.OfStream(set, stream));
        json.WriteEndObject();
    }

    private void WriteFacets(IEdmTypeReference reference)
    {
        var type = TypeFacets.Of(reference);
        if (type.IsCollection)
            json.WriteBoolean("$Collection", true);
        if (type.Name != "Edm.String")
            json.WriteString("$Type", type.Name);
        if (type.IsNullable)
            json.WriteBoolean("$Nullable", true);
        if (type.MaxLength is { } length)
            json.WriteNumber("$MaxLength", length);
        if (type.Precision is { } precision)
            json.WriteNumber("$Precision", precision);
        // Unlike XML, an absent scale is a variable one here.
        if (type.HasScale && type.Scale is { } scale)
            json.WriteNumber("$Scale", scale);
    }

    private void WriteNavigation(NavigationModel navigation)
    {
        json.WriteStartObject(navigation.JsonName);
        json.WriteString("$Kind", "NavigationProperty");
        if (navigation.IsCollection)
            json.WriteBoolean("$Collection", true);
        json.WriteString("$Type", $"{EdmBuilder.Namespace}.{navigation.Target.Name}");
        if (!navigation.IsCollection && navigation.IsNullable)
            json.WriteBoolean("$Nullable", true);
        if (navigation.Partner is { } partner)
            json.WriteString("$Partner", partner.JsonName);
        if (navigation.Edm.ReferentialConstraint is { } constraint)
        {
            json.WriteStartObject("$ReferentialConstraint");
            foreach (var pair in constraint.PropertyPairs)
                json.WriteString(pair.DependentProperty.Name, pair.PrincipalProperty.Name);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteTerm(OwnTerm term)
    {
        Start(term.Name, "Term");
        // Left out, it is Edm.String.
        if (term.Type != "Edm.String")
            json.WriteString("$Type", term.Type);
        json.WriteStartArray("$AppliesTo");
        foreach (var element in term.AppliesTo.Split(' '))
            json.WriteStringValue(element);
        json.WriteEndArray();
        Write([Annotations.Description(term.Description)]);
        json.WriteEndObject();
    }

    private void WriteOperation(OperationModel operation)
    {
        json.WriteStartObject();
        json.WriteString("$Kind", operation.IsAction ? "Action" : "Function");
        if (operation.BoundTo is not null)
            json.WriteBoolean("$IsBound", true);
        if (operation.IsComposable)
            json.WriteBoolean("$IsComposable", true);
        if (operation.EntitySetPath is { } path)
            json.WriteString("$EntitySetPath", path);
        if (operation.Edm.Parameters.Any())
        {
            json.WriteStartArray("$Parameter");
            foreach (var parameter in operation.Edm.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("$Name", parameter.Name);
                WriteFacets(parameter.Type);
                Write(Annotations.OfParameter(operation, parameter));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (operation.Edm.ReturnType is { } result)
        {
            json.WriteStartObject("$ReturnType");
            WriteFacets(result);
            json.WriteEndObject();
        }
        Write(Annotations.OfOperation(operation));
        json.WriteEndObject();
    }

    private void WriteImport(OperationModel operation)
    {
        json.WriteStartObject(operation.Name);
        json.WriteString(operation.IsAction ? "$Action" : "$Function", operation.FullName);
        if (operation.Result is { } set)
            json.WriteString("$EntitySet", set.Name);
        if (operation.IsListed)
            json.WriteBoolean("$IncludeInServiceDocument", true);
        json.WriteEndObject();
    }

    private void WriteContainer(CsdlDocument document)
    {
        Start(EdmBuilder.ContainerName, "EntityContainer");
        foreach (var set in document.Sets)
        {
            json.WriteStartObject(set.Name);
            if (!set.IsSingleton)
                json.WriteBoolean("$Collection", true);
            json.WriteString("$Type", $"{EdmBuilder.Namespace}.{set.Name}");
            if (set.NavigationPaths.Any())
            {
                json.WriteStartObject("$NavigationPropertyBinding");
                foreach (var (path, navigation) in set.NavigationPaths)
                    json.WriteString(path, navigation.Target.Name);
                json.WriteEndObject();
            }
            Write(Annotations.OfSet(set, document.Settings));
            json.WriteEndObject();
        }
        foreach (var import in document.Imports)
            WriteImport(import);
        Write(Annotations.OfContainer(document.Settings));
        json.WriteEndObject();
    }

    private void Start(string name, string kind)
    {
        json.WriteStartObject(name);
        json.WriteString("$Kind", kind);
    }

    private void Write(IEnumerable<Annotation> annotations)
    {
        foreach (var annotation in annotations)
        {
            json.WritePropertyName("@" + annotation.Term);
            WriteValue(annotation.Value);
        }
    }

    private void WriteValue(AnnotationValue value)
    {
        switch (value)
        {
            case AnnotationValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case AnnotationValue.PropertyPath path:
                json.WriteStringValue(path.Value);
                break;
            case AnnotationValue.ValuePath path:
                json.WriteStartObject();
                json.WriteString("$Path", path.Value);
                json.WriteEndObject();
                break;
            case AnnotationValue.Member member:
                json.WriteStringValue(string.Join(',', member.Value.Split(' ').Select(name => name[(name.LastIndexOf('/') + 1)..])));
                break;
            case AnnotationValue.Constant constant:
                json.WriteConstant(constant.Value);
                break;
            case AnnotationValue.Collection collection:
                json.WriteStartArray();
                foreach (var item in collection.Items)
                    WriteValue(item);
                json.WriteEndArray();
                break;
            case AnnotationValue.Record record:
                json.WriteStartObject();
                if (record.Type is { } type)
                    json.WriteString("@type", $"{Annotations.References.First(vocabulary => vocabulary.Namespace == type.Namespace).Uri}.json#{type.Namespace}.{type.Name}");
                foreach (var (name, member) in record.Members)
                {
                    json.WritePropertyName(name);
                    WriteValue(member);
                }
                json.WriteEndObject();
                break;
        }
    }
}
