namespace BackendApi.Access;

/// <summary>A key that signs access tokens. <paramref name="Id"/> travels in the token's header as <c>kid</c>.</summary>
public sealed record SigningKey(string Id, byte[] Secret);
