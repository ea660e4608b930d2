namespace BackendApi.Model;

/// <summary>The <c>$metadata</c> of one snapshot as bytes, ready to send.</summary>
public sealed class MetadataDocuments
{
}
