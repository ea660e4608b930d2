using System.Buffers.Binary;
using System.IO.Pipes;

/// <summary>
/// Loaded by the runtime into a measured process (<c>DOTNET_STARTUP_HOOKS</c>) so that its allocations can be read without a word of this
/// in its own code: answers every connection to the named pipe <c>BENCH_PROBE</c> with the bytes allocated since the process started.
/// The name and the missing namespace are what the runtime looks for.
/// </summary>
#pragma warning disable CA1050
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("BENCH_PROBE") is not { } name)
            return;
        new Thread(() => Answer(name)) { IsBackground = true, Name = "bench probe" }.Start();
    }

    private static void Answer(string name)
    {
        using var pipe = new NamedPipeServerStream(name, PipeDirection.Out, 1);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        while (true)
        {
            pipe.WaitForConnection();
            BinaryPrimitives.WriteInt64LittleEndian(bytes, GC.GetTotalAllocatedBytes(precise: true));
            try
            {
                pipe.Write(bytes);
            }
            catch (IOException)
            {
                // The reader left before it had its answer; the next one is served all the same.
            }
            pipe.Disconnect();
        }
    }
}
