using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>OASIS Repeatable Requests 1.0, and the Idempotency-Key of other services: what comes twice is done once.</summary>
public abstract class RepeatableCases(WritableShop shop) : IAsyncLifetime
{
    private readonly (string Name, string Value) _sent = ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("R"));
    private readonly (string Name, string Value) _id = ("Repeatability-Request-ID", Guid.NewGuid().ToString());
    private readonly (string Name, string Value) _key = ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");

    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task The_second_time_the_first_answer_comes_again()
    {
        var first = await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora"}""", _id, _sent);
        var second = await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora"}""", _id, _sent);

        first.Is(201).Has("Repeatability-Result", "accepted");
        second.Is(201).Has("Repeatability-Result", "accepted").Has("Location", first.Headers["Location"]).Has("ETag", first.Headers["ETag"]).Has("Content-Type", first.Headers["Content-Type"]);
        second.Body.Should().Be(first.Body);
        await shop.AnswersText("Customers/$count", "4");
    }

    [DatabaseFact]
    public async Task An_idempotency_key_does_the_same()
    {
        (await shop.Write("DELETE", "Items(OrderId=1,Line=1)", null, _key)).Is(204);
        (await shop.Write("DELETE", "Items(OrderId=1,Line=1)", null, _key)).Is(204);
        (await shop.Write("DELETE", "Items(OrderId=1,Line=1)")).IsRefused(404, ("EntityNotFound", null));
    }

    [DatabaseFact]
    public async Task The_answer_is_that_of_then_and_not_that_of_now()
    {
        await shop.Write("PATCH", "Customers(1)", """{"Name":"First"}""", _id, _sent, ("Prefer", "return=representation"));
        await shop.Write("PATCH", "Customers(1)", """{"Name":"Later"}""");

        (await shop.Write("PATCH", "Customers(1)", """{"Name":"First"}""", _id, _sent, ("Prefer", "return=representation")))
            .Is(200, """{"Id":1,"Code":"A","Name":"First","Country":"DE","Balance":1.50}""");
        await shop.Shows("Customers(1)?$select=Name", """{"Name":"Later"}""");
    }

    [DatabaseFact]
    public async Task A_request_that_failed_is_carried_out_when_it_comes_again()
    {
        (await shop.Write("POST", "Tags", """{"Id":1,"Name":"taken"}""", _id, _sent)).IsRefused(409, ("Conflict", "Id"));
        (await shop.Write("DELETE", "Customers(1)/Tags(1)/$ref")).Is(204);
        (await shop.Write("DELETE", "Tags(1)")).Is(204);

        (await shop.Write("POST", "Tags", """{"Id":1,"Name":"free"}""", _id, _sent)).Is(201);
    }

    [DatabaseFact]
    public async Task An_identifier_stands_for_one_request()
    {
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _id, _sent)).Is(204);
        (await shop.Write("PATCH", "Customers(2)", """{"Name":"x"}""", _id, _sent)).Has("Repeatability-Result", "rejected").IsRefused(400, ("InvalidHeader", "Repeatability-Request-ID"));

        (await shop.Write("PATCH", "Customers(1)", """{"Name":"y"}""", _key)).Is(204);
        (await shop.Write("PATCH", "Customers(2)", """{"Name":"y"}""", _key)).IsRefused(422, ("IdempotencyKeyReused", "Idempotency-Key"));
    }

    [DatabaseFact]
    public async Task Both_headers_come_together_and_not_too_late()
    {
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _id)).Has("Repeatability-Result", "rejected").IsRefused(400, ("InvalidHeader", "Repeatability-First-Sent"));
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _sent)).Has("Repeatability-Result", "rejected").IsRefused(400, ("InvalidHeader", "Repeatability-Request-ID"));
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _id, ("Repeatability-First-Sent", "yesterday"))).IsRefused(400, ("InvalidHeader", "Repeatability-First-Sent"));
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _id, ("Repeatability-First-Sent", "Tue, 15 Nov 1994 08:12:31 GMT")))
            .Has("Repeatability-Result", "rejected").IsRefused(412, ("PreconditionFailed", "Repeatability-First-Sent"));
        await shop.Shows("Customers(1)?$select=Name", """{"Name":"Ada"}""");
    }

    [DatabaseFact]
    public async Task What_was_a_trial_can_be_meant_the_next_time()
    {
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _id, _sent, ("Prefer", "validate-only"))).Is(204).Has("Preference-Applied", "validate-only");
        await shop.Shows("Customers(1)?$select=Name", """{"Name":"Ada"}""");
        (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", _id, _sent)).Is(204);
        await shop.Shows("Customers(1)?$select=Name", """{"Name":"x"}""");
    }

    [DatabaseFact]
    public async Task Two_at_the_same_time_are_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora"}""", _id, _sent)));

        foreach (var answer in answers)
            answer.Is(201).Has("Location", answers[0].Headers["Location"]);
        await shop.AnswersText("Customers/$count", "4");
    }
}
