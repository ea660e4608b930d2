using System.Text;
using BackendApi.Parse;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

/// <summary>Damaged URLs from a fixed seed: whatever comes, the parser answers with a record or with an error of its own.</summary>
public class FuzzTests
{
    private const int Rounds = 24_000;

    private static readonly string[] Seeds =
    [
        "Customers?$filter=Name eq 'a' and (Id gt 5 or not contains(Name,'x')) and Balance mul 1.5e3 le -7&$orderby=Name desc,Id&$top=5&$skip=2&$count=true",
        "Customers(5)/Orders(7)/Items(OrderId=1,Line=2)/Product/$value",
        "Customers(Email='a%40b')?$select=Name,Address($select=City),*&$expand=Orders($filter=Total gt 5;$expand=Items($top=1;$count=true)),Manager/$ref,*($levels=max)",
        "Customers?$filter=Orders/any(o:o/Items/all(i:i/Quantity gt 1)) and Orders/$count($filter=Total gt 5;$search=a OR \"b c\") gt 2",
        "Customers?$filter=Created ge 2024-02-29T10:00:00.1234567+01:00 and Born lt '2024-01-01' and Wait gt duration'P1DT2H3.5S' and Token eq 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "Customers?$filter=Status has Demo.Rights'Read,Write' or Status in ('Open',null) or Id in @l and Photo eq binary'AAAA-_8='&@l=[1,2,\"\\u0041\"]&@b=@l",
        "Customers?$compute=Balance divby 2 as Half&$filter=case(Half gt 1:'a',true:'b') eq 'a'&$search=(a b) NOT \"c\" OR d&$format=json&$skiptoken=x%2By",
        "Customers?$filter=cast('2024-01-01',Edm.Date) lt date(Created) and isof(Demo.Vip) and Demo.Vip/Perk eq 'x' and $it/Id eq $root/Customers(1)/Id",
        "Customers/Demo.Vip(5)/Guests/$filter(@f)/$count?@f=Id gt 1 sub - 2",
        "Items/1/2/Order/Customer/Name", "Ranked(count=@c)?@c=5", "$crossjoin(Customers,Orders)?$filter=1 eq 1", "$metadata?$format=xml", "",
    ];

    private static readonly string[] Pieces =
    [
        "'", "''", "(", ")", "((", "/", "//", "$", "@", "@a", ",", ";", ":", "=", "&", "?", " ", "+", "-", ".", "%", "%2", "%20", "%27", "%2F", "%00", "%FF", "%C3%A9",
        "[", "]", "{", "}", "\"", "\\", "\\u0000", "*", " and ", " or ", " not ", " eq ", " in ", " has ", " mul ", "null", "true", "INF", "NaN", "0", "99999999999999999999999999999999",
        "1e999", "2024-13-45", "9999-12-31T23:59:59Z", "24:00", "P", "PT", "duration'", "binary'", "Demo.", "Edm.String", "$it", "$this", "$root/", "$count", "$value", "$ref", "$filter",
        "/any(", "/all(", "any(x:", "cast(", "isof(", "case(", "substring(", "geo.distance(", "$apply=", "$compute=", "compute", " as ", "é", "\ud83d\ude00", "\u0301", "\t", "\0",
    ];

    [Fact]
    public void Nothing_but_an_error_of_its_own_leaves_the_parser()
    {
        var random = new Random(20_240_229);
        var limits = new ParseLimits();
        var outcomes = new Dictionary<int, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var url = Damage(Seeds[random.Next(Seeds.Length)], random);
            var status = 200;
            try
            {
                Urls.Parse(url, limits);
            }
            catch (ServiceException refused)
            {
                status = refused.Error.Row.Status;
            }
            catch (Exception defect)
            {
                throw new InvalidOperationException($"Round {round}: {defect.GetType().Name} for {url}", defect);
            }
            outcomes[status] = outcomes.GetValueOrDefault(status) + 1;
        }

        // The damage is neither so light that all is accepted nor so heavy that nothing gets past the first rule.
        outcomes.Keys.Should().BeSubsetOf([200, 400, 404, 501]);
        outcomes[200].Should().BeGreaterThan(Rounds / 50);
        outcomes[400].Should().BeGreaterThan(Rounds / 10);
    }

    [Fact]
    public void A_plain_filter_text_raises_nothing_else_either()
    {
        var random = new Random(7);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var seed = Seeds[random.Next(Seeds.Length)];
            var text = Damage(seed[(seed.IndexOf('=', StringComparison.Ordinal) + 1)..], random);
            try
            {
                UrlParser.ParseFilter(ShopEdm.Model, ShopEdm.Customer, text, Urls.Limits);
            }
            catch (ServiceException refused)
            {
                refused.Error.Row.Status.Should().BeOneOf(400, 501);
            }
        }
    }

    private static string Damage(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0 when text.Length > 0:
                    text.Remove(Math.Min(at, text.Length - 1), 1);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text.Insert(at, (char)random.Next(1, 0x3000));
                    break;
                case 3:
                    text.Length = at;
                    break;
                case 4:
                    var length = random.Next(Math.Min(30, text.Length - at + 1));
                    text.Insert(random.Next(text.Length + 1), text.ToString(at, length));
                    break;
                default:
                    var other = Seeds[random.Next(Seeds.Length)];
                    text.Insert(at, other.AsSpan(random.Next(other.Length + 1)));
                    break;
            }
        }
        return text.ToString();
    }
}
