using BackendApi.Support;
using FluentAssertions;
using Microsoft.OData.Edm;
using Xunit;

namespace BackendApi.Tests.Parse;

public class ResourcePathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("$metadata", "$metadata")]
    [InlineData("$batch", "$batch")]
    [InlineData("Customers", "Customers")]
    [InlineData("Customers/", "Customers")]
    [InlineData("customers", "Customers")]
    [InlineData("Owner/Name", "!Owner/Name")]
    [InlineData("Customers(5)", "Customers/(Id=5)")]
    [InlineData("Customers(-5)", "Customers/(Id=-5)")]
    [InlineData("Customers(Id=5)", "Customers/(Id=5)")]
    [InlineData("Customers( id = 5 )", "Customers/(Id=5)")]
    [InlineData("Customers(Email='a@b')", "Customers/(Email='a@b')")]
    [InlineData("Customers(@k)?@k=5", "Customers/(Id=5)")]
    [InlineData("Countries(Code=@k)?@k='a%2Fb'", "Countries/(Code='a/b')")]
    [InlineData("Countries(@k)?@k=@l&@l='x'", "Countries/(Code='x')")]
    [InlineData("Countries('a%2Fb')", "Countries/(Code='a/b')")]
    [InlineData("Countries('a/b')", "Countries/(Code='a/b')")]
    [InlineData("Countries('a%28''b')", "Countries/(Code='a('b')")]
    [InlineData("Items(Line=2,OrderId=1)", "Items/(OrderId=1,Line=2s)")]
    [InlineData("Items/1/2", "Items/(OrderId=1,Line=2s)")]
    [InlineData("Items/1/2/Order/Items/3/4/Product", "Items/(OrderId=1,Line=2s)/>Order/>Items/(OrderId=3,Line=4s)/Product")]
    [InlineData("Customers/5", "Customers/(Id=5)")]
    [InlineData("Customers/5/Orders/7/Total", "Customers/(Id=5)/>Orders/(Id=7)/Total")]
    [InlineData("Countries/DE", "Countries/(Code='DE')")]
    [InlineData("Countries/a%2Fb%20c", "Countries/(Code='a/b c')")]
    [InlineData("Customers(5)/Name/$value", "Customers/(Id=5)/Name/$value")]
    [InlineData("Customers(5)/Address/City", "Customers/(Id=5)/Address/City")]
    [InlineData("Customers(5)/Tags/$count", "Customers/(Id=5)/Tags/$count")]
    [InlineData("Customers(5)/Manager/Manager/Orders(7)/Items", "Customers/(Id=5)/>Manager/>Manager/>Orders/(Id=7)/>Items")]
    [InlineData("Customers/$count", "Customers/$count")]
    [InlineData("Customers(5)/Orders/$count", "Customers/(Id=5)/>Orders/$count")]
    [InlineData("Customers(5)/Manager/$ref", "Customers/(Id=5)/>Manager/$ref")]
    [InlineData("Customers/$ref", "Customers/$ref")]
    [InlineData("Customers/Demo.Vip", "Customers/Demo.Vip")]
    [InlineData("Customers/Demo.Vip(5)/Perk", "Customers/Demo.Vip/(Id=5)/Perk")]
    [InlineData("Customers(5)/Demo.Vip/Guests", "Customers/(Id=5)/Demo.Vip/>Guests")]
    [InlineData("Customers/$filter(Id gt 5)/$count", "Customers/$filter[gt(Id,5)]/$count")]
    [InlineData("Customers/$filter(@f)?@f=Orders/any(o:o/Id eq 1)", "Customers/$filter[Orders/any(o:eq(o/Id,1))]")]
    [InlineData("Customers/$filter(Orders/any(o:o/Status eq 'a)/b'))/$each", "Customers/$filter[Orders/any(o:eq(o/Status,'a)/b'))]/$each")]
    [InlineData("Customers/$query", "Customers/$query")]
    [InlineData("$all", "$all")]
    [InlineData("$entity?$id=Customers(1)", "$entity")]
    [InlineData("$entity/Demo.Vip?$id=Customers(1)", "$entity/Demo.Vip")]
    [InlineData("$crossjoin(Customers,Orders)?$filter=Customers/Id eq Orders/Id", "$crossjoin(Customers,Orders)")]
    [InlineData("Ranked(count=5)", "Demo.Ranked(count=5)")]
    [InlineData("Ranked(count=@c)?@c=5", "Demo.Ranked(count=5)")]
    [InlineData("Near?city=%27B%26B%27", "Demo.Near(city='B&B')")]
    [InlineData("Near?$select=Id&@city='Bern'", "Demo.Near(city='Bern')")]
    [InlineData("Customers(5)/Demo.Archive", "Customers/(Id=5)/Demo.Archive()")]
    [InlineData("Customers(5)/Archive", "Customers/(Id=5)/Demo.Archive()")]
    public void A_path_is_read_segment_by_segment(string url, string expected) =>
        Urls.Path(url).Should().Be(expected);

    [Theory]
    [InlineData("Customers", "Collection(Demo.Customer)")]
    [InlineData("Customers(1)", "Demo.Customer")]
    [InlineData("Customers(1)/Orders", "Collection(Demo.Order)")]
    [InlineData("Customers(1)/Orders(2)/Customer", "Demo.Customer")]
    [InlineData("Customers(1)/Balance", "Edm.Decimal")]
    [InlineData("Customers/$count", "Edm.Int64")]
    [InlineData("Customers/Demo.Vip", "Collection(Demo.Vip)")]
    public void A_path_leads_to_a_type(string url, string type) =>
        Urls.Parse(url).Path.Type!.FullName().Should().Be(type);

    [Fact]
    public void The_service_root_and_the_metadata_have_no_type()
    {
        Urls.Parse("").Path.Type.Should().BeNull();
        Urls.Parse("$metadata").Path.Type.Should().BeNull();
    }

    [Fact]
    public void Segments_know_their_place_in_the_decoded_path()
    {
        var path = Urls.Parse("Countries('%C3%A9')/Code").Path;
        path.Text.Should().Be("Countries('é')/Code");
        path.Segments.Select(segment => path.Text.Substring(segment.At.Start, segment.At.Length)).Should().Equal("Countries", "('é')", "Code");
    }

    [Theory]
    [InlineData("Custmers", "There is no entity set 'Custmers' at position 0 of the path. Did you mean 'Customers'?")]
    [InlineData("Customers(1)/Nmae", "Demo.Customer has no property 'Nmae' at position 13 of the path. Did you mean 'Name'?")]
    [InlineData("Customers/abc", "'abc' is not a value of the key property Id of Demo.Customer at position 10 of the path.")]
    [InlineData("Items/1", "The key of Demo.Item has more parts: Line is missing at position 7 of the path.")]
    [InlineData("$metdata", "There is no resource '$metdata' at position 0 of the path. Did you mean '$metadata'?")]
    [InlineData("Customers/$cuont", "There is no segment '$cuont' here at position 10 of the path. Did you mean '$count'?")]
    [InlineData("Customers(1)/$count", "Only a collection has $count at position 13 of the path.")]
    [InlineData("Customers/$count/x", "Nothing can follow the segment before at position 17 of the path.")]
    [InlineData("$metadata/x", "Nothing can follow the segment before at position 10 of the path.")]
    [InlineData("Customers(1)/$value", "Only a primitive property or a media entity has $value at position 13 of the path.")]
    [InlineData("Customers(1)/Name/x", "Edm.String has no property 'x' at position 18 of the path.")]
    [InlineData("Customers/Demo.Order", "The type Demo.Order is not derived from Demo.Customer at position 10 of the path.")]
    [InlineData("$entity/Name", "Only a type cast can follow $entity at position 8 of the path.")]
    [InlineData("Ranked?count=5", "No overload of the function has these parameters at position 0 of the path.")]
    [InlineData("Ranked(cuont=5)", "No overload of the function has these parameters at position 0 of the path.")]
    public void What_is_not_in_the_model_is_not_found(string url, string message)
    {
        var error = Urls.ErrorOf(url);
        error.Row.Should().Be(Errors.NotFound);
        error.Message.Should().StartWith(message);
    }

    [Theory]
    [InlineData("Customers('a')", "TypeMismatch", "The key property Id is Edm.Int32, not Edm.String, at position 10 of the path.")]
    [InlineData("Customers(99999999999)", "OutOfRange", "The value is outside the range of Edm.Int32 at position 10 of the path.")]
    [InlineData("Customers(null)", "MalformedUrl", "The key property Id is never null at position 10 of the path.")]
    [InlineData("Customers()", "MalformedUrl", "Expected a key value at position 10 of the path.")]
    [InlineData("Customers(1", "MalformedUrl", "Expected ')' at position 11 of the path.")]
    [InlineData("Customers(1)x", "MalformedUrl", "Expected '/' or the end at position 12 of the path.")]
    [InlineData("Customers//Name", "MalformedUrl", "Expected a segment between two slashes at position 10 of the path.")]
    [InlineData("Items(1)", "MalformedUrl", "The key of Demo.Item has several parts: write (OrderId=...,Line=...) at position 6 of the path.")]
    [InlineData("Items(OrderId=1)", "MalformedUrl", "These are not the parts of a key of Demo.Item: its key is (OrderId=...,Line=...) at position 5 of the path.")]
    [InlineData("Items(OrderId=1,OrderId=2)", "MalformedUrl", "The key property OrderId is given twice at position 16 of the path.")]
    [InlineData("Customers(@k)", "MalformedUrl", "The parameter alias @k is not declared in the query at position 10 of the path.")]
    [InlineData("Customers(@k)?@k=@k", "MalformedUrl", "The parameter alias @k refers to itself at position 2 of @k.")]
    public void A_key_that_is_none_is_refused(string url, string code, string message)
    {
        var error = Urls.ErrorOf(url);
        error.Row.Code.Should().Be(code);
        error.Message.Should().StartWith(message);
    }
}
