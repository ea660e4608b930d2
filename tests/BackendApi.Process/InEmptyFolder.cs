namespace BackendApi.Processes;

/// <summary>A folder that the host is started in, gone after the test.</summary>
public abstract class InEmptyFolder : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("backend-api-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
