using BackendApi.Resources;

namespace BackendApi.Samples;

/// <summary>
/// A hook: whoever creates or changes a row stands in its property ChangedBy. The definition need not let clients write that property
/// (<c>"isCreatable": false, "isEditable": false</c>). A host adds it for each set that has one:
/// <code>Server.Create(arguments, services => services.AddWriteHook&lt;ChangedBy&gt;("suppliers"))</code>
/// </summary>
public sealed class ChangedBy : IWriteHook
{
    public ValueTask BeforeCreateAsync(WriteStep step, CancellationToken cancellation) => Sign(step);

    public ValueTask BeforeUpdateAsync(WriteStep step, CancellationToken cancellation) => Sign(step);

    private static ValueTask Sign(WriteStep step)
    {
        foreach (var row in step.Rows)
            row["ChangedBy"] = step.Caller.Name;
        return ValueTask.CompletedTask;
    }
}
