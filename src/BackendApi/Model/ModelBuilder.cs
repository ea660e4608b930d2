namespace BackendApi.Model;

/// <summary>Turns validated definitions and the catalogue into a <see cref="ModelSnapshot"/>.</summary>
public static class ModelBuilder
{
}
