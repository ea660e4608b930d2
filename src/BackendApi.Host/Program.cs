using BackendApi.Host.Commands;

// Without a command the program serves; the commands work on the same database with the same settings, beside a running server or without one.
return await CommandLine.RunAsync(args);
