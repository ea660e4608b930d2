using BackendApi.Model;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace BackendApi.Tests.Model;

public class ModelsTests
{
    [Fact]
    public void Before_the_first_snapshot_there_is_503()
    {
        using var models = new Models();

        models.IsReady.Should().BeFalse();
        FluentActions.Invoking(() => models.Current).Should().Throw<ServiceException>().Which.Error.Row.Should().Be(Errors.DatabaseUnavailable);
    }

    [Fact]
    public void A_later_version_takes_the_place_of_an_earlier_one_and_never_the_other_way_round()
    {
        using var models = new Models();
        models.Swap(Snapshot(2));
        models.Swap(Snapshot(3));
        models.Swap(Snapshot(1));

        models.Current.Version.Should().Be(3);
    }

    [Fact]
    public void The_same_version_built_anew_takes_its_place()
    {
        using var models = new Models();
        models.Swap(Snapshot(1));
        var again = Snapshot(1);

        models.Swap(again);

        models.Current.Should().BeSameAs(again);
    }

    [Fact]
    public void Who_asked_for_changes_sees_the_new_snapshot_when_told()
    {
        using var models = new Models();
        models.Swap(Snapshot(1));
        var seen = new List<long>();
        using var registration = ChangeToken.OnChange(() => models.Changed, () => seen.Add(models.Current.Version));

        models.Swap(Snapshot(2));
        models.Swap(Snapshot(3));

        seen.Should().Equal(2, 3);
    }

    [Fact]
    public async Task An_observer_waits_for_the_snapshot_that_it_asks_for()
    {
        using var models = new Models();
        var observed = models.ObserveAsync(snapshot => snapshot.Version >= 2, CancellationToken.None);

        models.Swap(Snapshot(1));
        observed.IsCompleted.Should().BeFalse();
        models.Swap(Snapshot(2));

        (await observed).Version.Should().Be(2);
    }

    [Fact]
    public async Task An_observer_can_give_up()
    {
        using var models = new Models();
        using var patience = new CancellationTokenSource();
        var observed = models.ObserveAsync(_ => true, patience.Token);

        await patience.CancelAsync();

        await FluentActions.Awaiting(() => observed).Should().ThrowAsync<OperationCanceledException>();
    }

    private static ModelSnapshot Snapshot(long version) =>
        ModelBuilder.Build(version, [], new Dictionary<TableName, TableSchema>(), new ODataSettings()).Snapshot!;
}
