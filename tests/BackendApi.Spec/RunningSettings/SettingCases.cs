using BackendApi.Access.Rights;
using BackendApi.Resources.RunningSettings;
using BackendApi.Spec.Auditing;
using BackendApi.Spec.Rights;
using BackendApi.Support;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.RunningSettings;

/// <summary>Settings as entities, and those that are changed while the service runs (docs/reference/settings.md).</summary>
public abstract class SettingCases(AuditedShop shop)
{
    [DatabaseFact]
    public async Task A_setting_says_what_is_in_force_and_what_it_can_be()
    {
        await shop.Shows("Settings('OData:MaxListItems')", """
            {"Name":"OData:MaxListItems","Value":"10000","Default":"10000","Source":"Default","Unit":null,"Least":1,"Most":1000000,"Choices":null,"NeedsRestart":true,
             "Description":"The most values in one `in` list."}
            """);
        await shop.Shows("Settings?$filter=Name in ('Access:KeysInUrl','Access:Basic','Urls')&$orderby=Name&$select=Name,Source,Choices", """
            [{"Name":"Access:Basic","Source":"CommandLine","Choices":null},{"Name":"Access:KeysInUrl","Source":"Default","Choices":"All,ReadOnly,None"},{"Name":"Urls","Source":"CommandLine","Choices":null}]
            """);
        await shop.AnswersText("Settings/$count", Settings.All.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [DatabaseFact]
    public async Task What_is_secret_is_not_shown() =>
        await shop.Shows("Settings?$filter=Value eq '***'&$orderby=Name&$select=Name", """[{"Name":"Admin:Password"},{"Name":"Database:ConnectionString"}]""");

    [DatabaseFact]
    public async Task A_change_is_stored_told_and_followed_by_every_node()
    {
        await using var other = await BackendApiHost.StartAsync(shop.Database);
        (await shop.Told(async () => (await shop.Write("PATCH", "Settings('OData:MaxBatchOperations')", """{"Value":"1"}""", ("Prefer", "return=representation"))).Is(200))).Should().Be(
            """Update Settings('OData:MaxBatchOperations') 1 [{"key":"'OData:MaxBatchOperations'","before":{"Value":"1000"},"after":{"Value":"1"}}]""");
        await shop.Shows("Settings('OData:MaxBatchOperations')?$select=Value,Source", """{"Value":"1","Source":"Changed"}""");

        foreach (var services in (IServiceProvider[])[shop.Services, other.Services])
        {
            await services.GetRequiredService<SettingStore>().FollowAsync(default);
            services.GetRequiredService<ODataSettings>().MaxBatchOperations.Should().Be(1);
        }
        (await shop.Write("POST", "$batch", """{"requests":[{"id":"1","method":"GET","url":"Tags"},{"id":"2","method":"GET","url":"Tags"}]}""")).Is(400);

        (await shop.Write("PATCH", "Settings('OData:MaxBatchOperations')", """{"Value":null}""")).Is(204);
        await shop.Services.GetRequiredService<SettingStore>().FollowAsync(default);
        (await shop.Write("POST", "$batch", """{"requests":[{"id":"1","method":"GET","url":"Tags"},{"id":"2","method":"GET","url":"Tags"}]}""")).Is(200);
        await shop.Shows("Settings('OData:MaxBatchOperations')?$select=Value,Source", """{"Value":"1000","Source":"Default"}""");
    }

    [DatabaseFact]
    public async Task Changes_of_data_are_told_as_long_as_the_setting_says()
    {
        await shop.ResetAsync();
        await shop.Write("PATCH", "Settings('Audit:Data')", """{"Value":"None"}""");
        await shop.Services.GetRequiredService<SettingStore>().FollowAsync(default);
        (await shop.Told(() => shop.Write("PATCH", "Tags(1)", """{"Name":"x"}"""))).Should().BeEmpty();
        (await shop.Told(() => shop.Write("PATCH", "Settings('Audit:Data')", """{"Value":null}"""))).Should().StartWith("Update Settings('Audit:Data')");
        await shop.Services.GetRequiredService<SettingStore>().FollowAsync(default);
        (await shop.Told(() => shop.Write("PATCH", "Tags(1)", """{"Name":"y"}"""))).Should().StartWith("Update Tags(1)");
    }

    [DatabaseFact]
    public async Task What_the_service_reads_at_its_start_is_not_changed_here()
    {
        (await shop.Write("PATCH", "Settings('Urls')", """{"Value":"http://*:80"}""")).IsRefused(400, ("ImmutableProperty", "Value"))
            .Says("Urls is read when the service starts. Change it in appsettings.json, the environment or the command line, and start the service again.");
        (await shop.Write("PATCH", "Settings('Audit:RetentionDays')", """{"Value":"0"}""")).IsRefused(400, ("InvalidValue", "Value"))
            .Says("Audit:RetentionDays: a whole number from 1 to 36500 is expected.");
        (await shop.Write("PATCH", "Settings('Audit:Everything')", """{"Value":"1"}""")).Is(404);
        (await shop.Write("DELETE", "Settings('Audit:RetentionDays')")).Is(405);
    }

    [DatabaseFact]
    public async Task Who_has_not_all_rights_changes_no_setting()
    {
        var caller = await RestrictedCaller.OfAsync(shop, [("Settings", new(Verbs.Read | Verbs.Update, ColumnMask.All, ColumnMask.All, null))]);
        (await caller.Write("PATCH", "Settings('Audit:RetentionDays')", """{"Value":"1"}""")).Is(403);
        (await (await RestrictedCaller.OfAsync(shop, [("Tags", new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, null))])).Get("Settings")).Is(404);
    }
}
