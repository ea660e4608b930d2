global using BackendApi.Testing;
global using FluentAssertions;
global using Xunit;
