using BackendApi.Parse.Bodies;
using FluentAssertions;
using Xunit;
using static BackendApi.Tests.Parse.Bodies.BodyModel;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>Values of every type in bodies (JSON Format 4.01, 7.1), and what is told of those that are none.</summary>
public class BodyValueTests
{
    [Theory]
    [InlineData("Boolean", "true", "true")]
    [InlineData("Boolean", "null", "null")]
    [InlineData("Byte", "255", "255")]
    [InlineData("Int16", "-32768", "-32768")]
    [InlineData("Int32", "2147483647", "2147483647")]
    [InlineData("Int32", "-0", "0")]
    [InlineData("Int64", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("Decimal", "12345678.90", "12345678.9")]
    [InlineData("Decimal", "1.25E2", "125")]
    [InlineData("Decimal", "1.500000", "1.5")]
    [InlineData("Exact", "79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("Exact", "0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("Exact", "9007199254740993.000000001", "9007199254740993.000000001")]
    [InlineData("Exact", "-1e-28", "-0.0000000000000000000000000001")]
    [InlineData("Exact", "1e28", "10000000000000000000000000000")]
    [InlineData("Exact", "0.0e-999999999999", "0")]
    [InlineData("Exact", "10000000000000000000000000000000000000000e-40", "1")]
    [InlineData("Double", "1e300", "1E+300")]
    [InlineData("Double", "\"-INF\"", "-INF")]
    [InlineData("Double", "\"NaN\"", "NaN")]
    [InlineData("Single", "0.1", "0.1")]
    [InlineData("Single", "\"INF\"", "INF")]
    [InlineData("String", "\"\"", "''")]
    [InlineData("String", "\"\\ud83d\\ude00 ü\"", "'😀 ü'")]
    [InlineData("Date", "\"2024-02-29\"", "2024-02-29")]
    [InlineData("Time", "\"23:59:59.9999999\"", "23:59:59.9999999")]
    [InlineData("Time", "\"08:30\"", "08:30:00")]
    [InlineData("Instant", "\"2024-02-29T12:00:00.5Z\"", "2024-02-29T12:00:00.5Z")]
    [InlineData("Instant", "\"2024-02-29T12:00:00+05:30\"", "2024-02-29T06:30:00Z")]
    [InlineData("Instant", "\"2024-02-29\"", "2024-02-29T00:00:00Z")]
    // The column holds milliseconds; every client of .NET sends ticks.
    [InlineData("Moment", "\"2024-02-29T12:00:00.1239999Z\"", "2024-02-29T12:00:00.123Z")]
    [InlineData("Duration", "\"-P1DT2H30M0.5S\"", "-P1DT2H30M0.5S")]
    [InlineData("Guid", "\"3F2504E0-4F89-11D3-9A0C-0305E82C3301\"", "3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("Binary", "\"-_8\"", "-_8")]
    [InlineData("Binary", "\"+/8=\"", "-_8")]
    [InlineData("Binary", "\"\"", "")]
    [InlineData("State", "\"Open\"", "'O'")]
    [InlineData("State", "\"1\"", "'C'")]
    [InlineData("Marks", "\"Blue, Red\"", "'red,blue'")]
    [InlineData("Marks", "\"6\"", "'green,blue'")]
    [InlineData("Json", "{\"a\":[1,2.50,\"x\"]}", "'{\"a\":[1,2.50,\"x\"]}'")]
    [InlineData("Json", "\"{\\\"a\\\":1}\"", "'{\"a\":1}'")]
    [InlineData("Json", "\"\\\"text\\\"\"", "'\"text\"'")]
    [InlineData("Json", "5", "'5'")]
    [InlineData("Tags", "[\"a\",null,\"ü\"]", "'[\"a\",null,\"ü\"]'")]
    [InlineData("Tags", "[]", "'[]'")]
    [InlineData("Numbers", "[1,2.50,1e2]", "'[1,2.50,100]'")]
    public void A_value(string property, string json, string expected) => Read("Values", $$"""{"ID":1,"{{property}}":{{json}}}""").Should().Be($"(1) ID=1 {property}={expected}");

    [Theory]
    [InlineData("Boolean", "1", "TypeMismatch: True or false is expected, not a number.")]
    [InlineData("Boolean", "\"true\"", "TypeMismatch: True or false is expected, not a text.")]
    [InlineData("Byte", "256", "OutOfRange: A whole number from 0 to 255 is expected.")]
    [InlineData("Byte", "-1", "OutOfRange: A whole number from 0 to 255 is expected.")]
    [InlineData("Int32", "2147483648", "OutOfRange: A whole number from -2147483648 to 2147483647 is expected.")]
    [InlineData("Int32", "1.0", "TypeMismatch: A whole number from -2147483648 to 2147483647 is expected, without a decimal point or an exponent.")]
    [InlineData("Int32", "1e2", "TypeMismatch: A whole number from -2147483648 to 2147483647 is expected, without a decimal point or an exponent.")]
    [InlineData("Int32", "{}", "TypeMismatch: A whole number from -2147483648 to 2147483647 is expected, not an object.")]
    [InlineData("Int64", "9223372036854775808", "OutOfRange: A whole number from -9223372036854775808 to 9223372036854775807 is expected.")]
    [InlineData("Int64", "\"1\"", "TypeMismatch: A whole number from -9223372036854775808 to 9223372036854775807 is expected. Write it without quotes, or say IEEE754Compatible=true in the Content-Type.")]
    [InlineData("Decimal", "1.001", "InvalidValue: At most 2 digits behind the point are allowed, these are 3.")]
    [InlineData("Decimal", "123456789", "InvalidValue: At most 8 digits before the point are allowed.")]
    [InlineData("Exact", "79228162514264337593543950336", "OutOfRange: A decimal number of at most 28 digits is expected.")]
    [InlineData("Exact", "0.12345678901234567890123456789", "OutOfRange: A decimal number of at most 28 digits is expected.")]
    [InlineData("Exact", "1e999999999999", "OutOfRange: A decimal number of at most 28 digits is expected.")]
    [InlineData("Exact", "1e-999999999999", "OutOfRange: A decimal number of at most 28 digits is expected.")]
    [InlineData("Double", "1e400", "OutOfRange: A number, or one of the texts \"INF\", \"-INF\" and \"NaN\" is expected.")]
    [InlineData("Single", "1e39", "OutOfRange: A number within the range of a 32-bit floating-point number, or one of the texts \"INF\", \"-INF\" and \"NaN\" is expected.")]
    [InlineData("Double", "\"Infinity\"", "TypeMismatch: A number, or one of the texts \"INF\", \"-INF\" and \"NaN\" is expected. Write it without quotes, or say IEEE754Compatible=true in the Content-Type.")]
    [InlineData("String", "5", "TypeMismatch: A text is expected, not a number. Put it in quotes.")]
    [InlineData("String", "\"a\\u0000b\"", "InvalidValue: The text holds the character U+0000, which not every database can store.")]
    [InlineData("String", "\"\\ud83d\"", "InvalidValue: The text holds half of a surrogate pair, or bytes that are not UTF-8.")]
    [InlineData("Date", "\"2024-02-30\"", "OutOfRange: There is no such value: A date as text, such as \"2024-01-31\" is expected.")]
    [InlineData("Date", "\"2024-02-28T00:00:00Z\"", "TypeMismatch: A date as text, such as \"2024-01-31\" is expected.")]
    [InlineData("Time", "\"24:00:00\"", "OutOfRange: There is no such value: A time of day as text, such as \"13:20:00\" is expected.")]
    [InlineData("Instant", "\"2024-02-29T12:00:00\"", "TypeMismatch: An instant with its offset as text, such as \"2024-01-31T13:20:00Z\" is expected.")]
    [InlineData("Instant", "\"0001-01-01T00:00:00+14:00\"", "OutOfRange: There is no such value: An instant with its offset as text, such as \"2024-01-31T13:20:00Z\" is expected.")]
    [InlineData("Duration", "\"P1Y\"", "TypeMismatch: A duration of days and time as text, such as \"P1DT2H30M\" is expected.")]
    [InlineData("Guid", "\"x\"", "TypeMismatch: A UUID as text, such as \"3f2504e0-4f89-11d3-9a0c-0305e82c3301\" is expected.")]
    [InlineData("Binary", "\"a b\"", "TypeMismatch: Bytes as base64url or base64 text is expected.")]
    [InlineData("State", "\"Opn\"", "InvalidValue: One of the names Open, Closed is expected. Did you mean 'Open'?")]
    [InlineData("State", "1", "TypeMismatch: One of the names Open, Closed is expected, not a number.")]
    [InlineData("Json", "\"{\"", "InvalidValue: The text is not JSON. An object or a list may stand here itself; a text that is meant as JSON is in quotes twice: \"\\\"text\\\"\".")]
    [InlineData("Json", "{\"a\":\"\\u0000\"}", "InvalidValue: The text holds the character U+0000, which not every database can store.")]
    [InlineData("Json", "{\"a\\u0000\":1}", "InvalidValue: A name in the JSON holds the character U+0000, which not every database can store.")]
    [InlineData("Json", "[1e999999]", "OutOfRange: A number of the JSON has more than 1000 digits, or an exponent beyond 1000.")]
    [InlineData("Tags", "null", "RequiredMissing: A collection is never null: [] stands for an empty one.")]
    [InlineData("Tags", "\"a\"", "TypeMismatch: A list of values in brackets is expected, not a text.")]
    public void A_value_is_refused(string property, string json, string expected) => Read("Values", $$"""{"ID":1,"{{property}}":{{json}}}""").Should().Be($"{property} {expected}");

    [Fact]
    public void Each_item_of_a_collection_has_its_place() =>
        Read("Values", """{"ID":1,"Tags":["a",1,{}]}""").Should().Be("Tags[1] TypeMismatch: A text is expected, not a number. Put it in quotes.\nTags[2] TypeMismatch: A text is expected, not an object.");

    [Theory]
    [InlineData("Int64", "\"9007199254740993\"", "9007199254740993")]
    [InlineData("Int64", "1", "1")]
    [InlineData("Decimal", "\"1.25\"", "1.25")]
    [InlineData("Exact", "\"1E3\"", "1000")]
    [InlineData("Numbers", "[\"1.5\"]", "'[1.5]'")]
    public void Numbers_can_be_texts_where_the_client_says_so(string property, string json, string expected) =>
        Read("Values", $$"""{"ID":1,"{{property}}":{{json}}}""", scope: Scope with { Ieee754 = true }).Should().Be($"(1) ID=1 {property}={expected}");

    [Theory]
    [InlineData("Int64", "\"1.0\"", "TypeMismatch: A whole number from -9223372036854775808 to 9223372036854775807 is expected.")]
    [InlineData("Decimal", "\" 1\"", "TypeMismatch: A decimal number of at most 28 digits is expected.")]
    [InlineData("Double", "\"\"", "TypeMismatch: A number, or one of the texts \"INF\", \"-INF\" and \"NaN\" is expected.")]
    public void Texts_that_are_no_numbers(string property, string json, string expected) =>
        Read("Values", $$"""{"ID":1,"{{property}}":{{json}}}""", scope: Scope with { Ieee754 = true }).Should().Be($"{property} {expected}");
}
