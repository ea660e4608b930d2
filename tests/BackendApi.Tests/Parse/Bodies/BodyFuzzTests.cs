using System.Text;
using System.Text.Json;
using BackendApi.Parse.Bodies;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>Bodies that were valid once, mutated: whatever comes is read, or refused with a status of 4xx.</summary>
public class BodyFuzzTests
{
    private const int Seed = 20240229;
    private const int Bodies = 10_000;

    private static readonly (string Set, string Body)[] Valid =
    [
        ("Customers", """{"@odata.type":"#BackendApi.VipCustomer","Code":"A-1","Name":"Ada","Credit":10.50,"Level":3,"Address":{"City":"Bern","Street":null},"Manager@odata.bind":"Customers(3)"}"""),
        ("Customers", """{"Code":"A","Name":"Ada","Orders":[{"Note":"x","Items":[{"Line":1,"Sku":"s","Quantity":2}]},{"@id":"Orders(5)"}],"@etag":"W/\"1\""}"""),
        ("Customers", """{"ID":1,"Orders@delta":[{"@removed":{"reason":"deleted"},"@id":"Orders(1)"},{"ID":3,"Note":"x"},{"@id":"https://shop.example/odata/Orders(4)"}],"Manager":null}"""),
        ("Customers", """{"ID":1,"full-name":"Ada","city":"Bern","orders":[{"ID":2,"Note":"x","items":[{"Line":1,"qty":2}]}],"manager":{"Code":"B"}}"""),
        ("Values", """{"ID":1,"Boolean":true,"Byte":255,"Int16":-1,"Int32":7,"Int64":9007199254740993,"Decimal":1.25E2,"Double":"-INF","Single":0.1,"String":"\ud83d\ude00","Guid":"3f2504e0-4f89-11d3-9a0c-0305e82c3301"}"""),
        ("Values", """{"ID":1,"Date":"2024-02-29","Time":"23:59:59.999","Instant":"2024-02-29T12:00:00+05:30","Duration":"-P1DT2H","Binary":"-_8","Json":{"a":[1,null]},"State":"Open","Marks":"Red,Blue","Tags":["a",null],"Numbers":[1,2.5]}"""),
    ];

    private static readonly string[] Pieces =
    [
        "null", "true", "{}", "[]", "[[]]", "-0", "1e400", "1e-400", "99999999999999999999999999999999", "0.1", "\"\"", "\"INF\"", "\"\\u0000\"", "\"\\ud83d\"", "\"$1\"", "\"Customers(\"",
        "\"Orders(ID=1,ID=2)\"", "\"2024-13-45\"", "\"P\"", "\"@odata.id\":1,", "\"@id\":\"Orders(1)\",", "\"@removed\":{},", "\"Orders@odata.bind\":[null,\"Orders(1)\"],", "\"@type\":\"#\",", ",", ":", "}", "]",
        "\"Manager\":{\"Manager\":{\"Manager\":{}}},", "\"Orders\":{},", "\u00e9", "\uFEFF", "\\",
    ];

    [Fact]
    public async Task Mutated_bodies_are_read_or_refused()
    {
        var random = new Random(Seed);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < Bodies; i++)
        {
            var (set, valid) = Valid[random.Next(Valid.Length)];
            var body = Mutated(valid, random);
            var outcome = await Outcome(set, body, random.Next());
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }
        outcomes.Keys.Should().OnlyContain(outcome => outcome == "read" || outcome.StartsWith('4'));
        // The mutations reach into the readers, and leave some bodies whole.
        outcomes.Should().ContainKeys("read", "400 InvalidBody", "400 UnknownProperty", "400 TypeMismatch", "400 OutOfRange", "400 InvalidValue", "400 RequiredMissing", "400 MissingKey");
    }

    private static string Mutated(string body, Random random)
    {
        var text = new StringBuilder(body);
        for (var count = random.Next(4); count > 0; count--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(32, 127);
                    break;
                case 3:
                    text.Length = Math.Max(1, at);
                    break;
                default:
                    // A value for another, so that the JSON stays whole.
                    var colon = body.IndexOf(':', Math.Min(at, body.Length - 1));
                    var end = colon < 0 ? -1 : body.IndexOfAny([',', '}'], colon);
                    if (end > 0 && end < text.Length)
                        text.Remove(colon + 1, end - colon - 1).Insert(colon + 1, Pieces[random.Next(19)]);
                    break;
            }
            if (text.Length == 0)
                text.Append('{');
        }
        return text.ToString();
    }

    private static async Task<string> Outcome(string set, string body, int choice)
    {
        var mistakes = new Mistakes();
        var model = BodyModel.Model.EntitySets[set];
        var purpose = (BodyPurpose)(choice % 3);
        var scope = BodyModel.Scope with { IsV401 = choice % 2 == 0, Ieee754 = choice % 5 == 0, MaxDepth = 2, MaxEntities = 4 };
        var bytes = Encoding.UTF8.GetBytes($$"""{"data":[{{body}}]}""");
        // Some are not even UTF-8.
        if (choice % 11 == 0)
            bytes[choice % bytes.Length] = 0xC3;
        try
        {
            var items = new JsonItems(System.IO.Pipelines.PipeReader.Create(new MemoryStream(bytes), new(bufferSize: 64, minimumReadSize: 16)), "data", new(10_000, 5_000));
            await foreach (var item in items.ReadAsync())
            {
                var entity = (choice % 4) switch
                {
                    0 => new DataExchangeBodyReader(scope, mistakes).Read(item, model, purpose, isAddressed: choice % 7 == 0, DataExchangeBodyReader.PathOf(model, 0)),
                    1 => new EntityBodyReader(scope, mistakes).ReadDeltaItem(item, model, new("value", 0)),
                    _ => new EntityBodyReader(scope, mistakes).Read(item, model, purpose),
                };
                if (!mistakes.Any && entity.Removed is null)
                    _ = (choice % 2 == 0 ? entity.ToCreate(mistakes) : entity.ToUpdate(mistakes)).Key;
            }
            mistakes.ThrowIfAny();
            return "read";
        }
        catch (ServiceException refused)
        {
            refused.Error.Message.Length.Should().BeLessThan(1_000);
            (refused.Error.Details ?? []).Should().NotContain(detail => detail.Target != null && detail.Target.Length >= 1_000);
            return $"{refused.Error.Row.Status} {(refused.Error.Details is [var first, ..] ? first.Row.Code : refused.Error.Row.Code)}";
        }
    }
}
