using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.OData.Edm;
using Xunit;

namespace BackendApi.Tests.Parse;

public class FunctionTests
{
    [Theory]
    [InlineData("contains(Name,'a')", "contains(Name,'a')")]
    [InlineData("STARTSWITH( Name , 'a' ) and endsWith(Name,'b')", "and(startswith(Name,'a'),endswith(Name,'b'))")]
    [InlineData("length(concat(concat(Name,'-'),Country)) gt 3", "gt(length(concat(concat(Name,'-'),Country)),3)")]
    [InlineData("indexof(Name,'a') eq -1", "eq(indexof(Name,'a'),-1)")]
    [InlineData("substring(Name,1) eq substring(Name,-2,1)", "eq(substring(Name,1),substring(Name,-2,1))")]
    [InlineData("matchesPattern(Name,'^a.*b$')", "matchesPattern(Name,'^a.*b$')")]
    [InlineData("tolower(Name) eq toupper(trim(Name))", "eq(tolower(Name),toupper(trim(Name)))")]
    [InlineData("year(Created) eq 2024 and month(Born) eq 2 and day(Born) eq 1", "and(and(eq(year(Created),2024),eq(month(Born),2)),eq(day(Born),1))")]
    [InlineData("hour(Created) eq 1 and minute(Opens) eq 2 and second(Opens) eq 3", "and(and(eq(hour(Created),1),eq(minute(Opens),2)),eq(second(Opens),3))")]
    [InlineData("fractionalseconds(Created) lt 0.5", "lt(fractionalseconds(Created),0.5m)")]
    [InlineData("date(Created) eq 2024-01-01 and time(Created) lt 12:00", "and(eq(date(Created),2024-01-01),lt(time(Created),12:00:00))")]
    [InlineData("totalseconds(Wait) gt 60 and totaloffsetminutes(Created) eq 0", "and(gt(totalseconds(Wait),60m),eq(totaloffsetminutes(Created),0))")]
    [InlineData("Created lt now() and Created gt mindatetime() and Created lt maxdatetime()", "and(and(lt(Created,now()),gt(Created,mindatetime())),lt(Created,maxdatetime()))")]
    [InlineData("round(Balance) eq floor(Rating) or ceiling(2.5) eq round(3)", "or(eq(round(Balance),floor(Rating)),eq(ceiling(2.5m),round(3m)))")]
    [InlineData("hour(Born) eq 0 and Created sub Born lt 'P1D'", "and(eq(hour(cast(Born,Edm.DateTimeOffset)),0),lt(sub(Created,cast(Born,Edm.DateTimeOffset)),duration'P1D'))")]
    [InlineData("case(IsActive:1,true:2.5) gt 1", "gt(case(IsActive:1m,true:2.5m),1m)")]
    [InlineData("year('2024-05-06') eq 2024", "eq(year(2024-05-06),2024)")]
    [InlineData("cast('2024-01-01',Edm.Date) lt date(Created)", "lt(2024-01-01,date(Created))")]
    [InlineData("cast(Id,'Edm.String') eq '5'", "eq(cast(Id,Edm.String),'5')")]
    [InlineData("cast(Name, Demo.Status ) eq 'Open'", "eq(cast(Name,Demo.Status),Demo.Status.Open)")]
    [InlineData("cast('x',Edm.Int32) eq null and cast(5,Edm.Decimal) gt 1", "and(eq(null,null),gt(5m,1m))")]
    [InlineData("isof(Demo.Vip) or isof(Manager,Demo.Vip)", "or(isof(,Demo.Vip),isof(Manager,Demo.Vip))")]
    [InlineData("cast(Manager,Demo.Vip)/Perk eq 'x'", "eq(Manager/Demo.Vip/Perk,'x')")]
    [InlineData("case(Id lt 12:10) gt 1", "gt(case(lt(Id,12):10),1)")]
    [InlineData("case(Id lt 12 :10:30,true:'11:00') eq 10:30", "eq(case(lt(Id,12):10:30:00,true:11:00:00),10:30:00)")]
    [InlineData("case(IsActive:12:10) eq 12:10", "eq(case(IsActive:12:10:00),12:10:00)")]
    [InlineData("case(time(Created) lt 12:10:30) gt 1", "gt(case(lt(time(Created),12:10:00):30),1)")]
    [InlineData("case(time(Created) lt 12:10:30:5,Name eq 'a:''b':7) gt 1", "gt(case(lt(time(Created),12:10:30):5,eq(Name,'a:'b'):7),1)")]
    [InlineData("case((time(Created) lt 12:10):5) gt 1", "gt(case(lt(time(Created),12:10:00):5),1)")]
    [InlineData("case(Created lt 2024-01-01T10:00:00Z:2024-01-01T10:00:00Z) lt Created", "lt(case(lt(Created,2024-01-01T10:00:00+00:00):2024-01-01T10:00:00+00:00),Created)")]
    [InlineData("case(Id gt 5:'big',true:'small') eq 'big'", "eq(case(gt(Id,5):'big',true:'small'),'big')")]
    [InlineData("hassubset(Tags,['a'])", "hassubset(Tags,['a'])")]
    public void Canonical_functions_bind_to_their_signatures_in_any_case(string filter, string expected) =>
        Urls.Filter(filter).Should().Be(expected);

    [Theory]
    [InlineData("length(Id) gt 1", "The function length does not take Edm.Int32 at position 0 of $filter.")]
    [InlineData("contains(Name) eq true", "The function contains takes 2 arguments, not 1, at position 0 of $filter.")]
    [InlineData("substring(Name) eq ''", "The function substring takes 2 or 3 arguments, not 1, at position 0 of $filter.")]
    [InlineData("now(1) gt Created", "The function now takes 0 arguments, not 1, at position 0 of $filter.")]
    [InlineData("cast(Name,Demo.Nothing) eq 1", "The model has no type 'Demo.Nothing' at position 10 of $filter.")]
    public void Arguments_that_do_not_fit_are_a_type_mismatch(string filter, string message)
    {
        var error = Urls.FilterError(filter);
        error.Row.Should().Be(Errors.TypeMismatch);
        error.Message.Should().StartWith(message);
    }

    [Fact]
    public void An_unknown_function_gets_a_suggestion()
    {
        var error = Urls.FilterError("contians(Name,'a')");
        error.Row.Should().Be(Errors.UnknownFunction);
        error.Message.Should().Be("There is no function 'contians' at position 0 of $filter. Did you mean 'contains'?\ncontians(Name,'a')\n^");
    }

    [Theory]
    [InlineData("geo.distance(Name,Name) lt 5")]
    [InlineData("geo.length(Name) lt 5")]
    [InlineData("length(Tags) gt 1")]
    [InlineData("Orders(5)/Total gt 1")]
    public void Functions_that_are_not_supported_yet_are_501(string filter) =>
        Urls.FilterError(filter).Row.Should().Be(Errors.NotImplemented);

    [Fact]
    public void Every_row_is_found_by_its_name_in_any_case()
    {
        foreach (var row in Functions.Rows)
        {
            Functions.Find(row.Name).Should().BeSameAs(row);
            Functions.Find(row.Name.ToUpperInvariant()).Should().BeSameAs(row);
        }
        Functions.Find("nothing").Should().BeNull();
    }

    [Fact]
    public void Templates_use_only_operands_that_their_signatures_have()
    {
        foreach (var row in Functions.Rows)
            foreach (var signature in row.Signatures)
                if ((signature.Sql ?? row.Sql) is { } template)
                    for (var i = 0; i < 4; i++)
                        template.Contains($"{{{i}}}", StringComparison.Ordinal).Should().Be(i < signature.Operands.Count, "{0} in {1}", i, row.Name);
    }

    [Theory]
    [InlineData("Id add 1", ValueKind.Int32)]
    [InlineData("Tiny add Small", ValueKind.Int32)]
    [InlineData("Id add Big", ValueKind.Int64)]
    [InlineData("Id mul Balance", ValueKind.Decimal)]
    [InlineData("Balance mul Rating", ValueKind.Double)]
    [InlineData("Balance mul Ratio", ValueKind.Single)]
    [InlineData("Id divby 2", ValueKind.Decimal)]
    [InlineData("Born sub Born", ValueKind.Duration)]
    [InlineData("Born add 'P1D'", ValueKind.Date)]
    [InlineData("-Small", ValueKind.Int32)]
    [InlineData("length(Name)", ValueKind.Int32)]
    [InlineData("round(Rating)", ValueKind.Double)]
    [InlineData("case(IsActive:1,true:2.5)", ValueKind.Decimal)]
    public void Results_have_the_promoted_type(string expression, ValueKind kind) =>
        Urls.Parse($"Customers?$orderby={expression}").Options.OrderBy[0].Value.Type.Kind().Should().Be(kind);
}
