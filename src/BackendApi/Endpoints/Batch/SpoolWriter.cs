using System.IO.Pipelines;

namespace BackendApi.Endpoints.Batch;

/// <summary>Writes straight into a spool: a flush sends nothing, it bounds what is in memory.</summary>
internal sealed class SpoolWriter(Spool spool) : PipeWriter
{
    public override Memory<byte> GetMemory(int sizeHint = 0) => spool.GetMemory(sizeHint);
    public override Span<byte> GetSpan(int sizeHint = 0) => spool.GetMemory(sizeHint).Span;
    public override void Advance(int bytes) => spool.Advance(bytes);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var settling = spool.SettleAsync(cancellationToken);
        return settling.IsCompletedSuccessfully ? default : SettledAsync(settling);

        static async ValueTask<FlushResult> SettledAsync(ValueTask settling)
        {
            await settling;
            return default;
        }
    }

    public override void CancelPendingFlush() { }
    public override void Complete(Exception? exception = null) { }
}
