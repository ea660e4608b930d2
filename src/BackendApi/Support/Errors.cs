namespace BackendApi.Support;

/// <summary>One row of the error table: a stable code, the HTTP status it travels with, and what it means to a client.</summary>
/// <param name="Code">Never changed and never used again for something else.</param>
/// <param name="DataExchange">The published code of the Data Exchange dialect (1301 to 1318, or a three-digit code of the platform) that answers for it there.</param>
public sealed record ErrorRow(string Code, int Status, string Meaning, string DataExchange = "1301");

/// <summary>Every error that a client can be given. docs/reference/errors.md lists the same rows; a test compares them.</summary>
public static class Errors
{
    public static readonly ErrorRow MalformedUrl = new("MalformedUrl", 400, "The URL does not follow the OData grammar.", "1316");
    public static readonly ErrorRow UnknownProperty = new("UnknownProperty", 400, "The URL or body names a property that the type does not have.", "1311");
    public static readonly ErrorRow UnknownRelation = new("UnknownRelation", 400, "include or a body of the Data Exchange dialect names a relation that the endpoint does not have.", "1313");
    public static readonly ErrorRow UnknownFilterField = new("UnknownFilterField", 400, "A filter of the Data Exchange dialect names a field that the endpoint does not have.", "1315");
    public static readonly ErrorRow FilterWithoutEndpoint = new("FilterWithoutEndpoint", 400, "A filter of the Data Exchange dialect does not say filter[alias.field].", "011");
    public static readonly ErrorRow UnknownFunction = new("UnknownFunction", 400, "The URL names a function that does not exist.");
    public static readonly ErrorRow UnknownOption = new("UnknownOption", 400, "The URL holds a system query option that does not exist or does not apply here.");
    public static readonly ErrorRow TypeMismatch = new("TypeMismatch", 400, "An operator, function, literal or value does not fit the type it is used with.", "1305");
    public static readonly ErrorRow OutOfRange = new("OutOfRange", 400, "A literal or number is outside the range of its type.", "1306");
    public static readonly ErrorRow LimitExceeded = new("LimitExceeded", 400, "The request is deeper, longer or larger than the settings allow.");
    public static readonly ErrorRow InvalidNextLink = new("InvalidNextLink", 400, "The $skiptoken or $deltatoken was not issued by this service for this request.");
    public static readonly ErrorRow InvalidHeader = new("InvalidHeader", 400, "A request header is malformed or names a version that is not served.");
    public static readonly ErrorRow InvalidBody = new("InvalidBody", 400, "The request body is not what the address expects.", "1301");
    public static readonly ErrorRow InvalidValue = new("InvalidValue", 400, "A value breaks a rule of its field; the message says which.", "1306");
    public static readonly ErrorRow RequiredMissing = new("RequiredMissing", 400, "A field that must have a value is left out or null.", "1307");
    public static readonly ErrorRow ImmutableProperty = new("ImmutableProperty", 400, "A field that clients cannot write is part of a body of the Data Exchange dialect.", "1304");
    public static readonly ErrorRow MissingKey = new("MissingKey", 400, "The body does not name the entity that is to be changed: a part of its key is left out.", "1310");
    public static readonly ErrorRow KeyNotCreatable = new("KeyNotCreatable", 400, "No entity has this key, and none can be created with it.", "1308");
    public static readonly ErrorRow InvalidDefinition = new("InvalidDefinition", 400, "A Data Exchange configuration has mistakes; details name each with its path.", "1306");
    public static readonly ErrorRow UnfilteredChange = new("UnfilteredChange", 400, "A change of a whole collection names no rows. Say which by $filter; $filter=true means all of them.", "1301");
    public static readonly ErrorRow ReferenceNotFound = new("ReferenceNotFound", 400, "The body refers to an entity that does not exist.", "1306");
    public static readonly ErrorRow RelationNotEditable = new("RelationNotEditable", 422, "The definition does not let this relation be written.", "1314");
    public static readonly ErrorRow Unauthorized = new("Unauthorized", 401, "The request carries no credentials, or credentials that are not valid.", "001");
    public static readonly ErrorRow Forbidden = new("Forbidden", 403, "The caller may not do this.", "002");
    public static readonly ErrorRow HttpsRequired = new("HttpsRequired", 403, "The service is reached over HTTPS only. Send the request there; what it carried may have been read on its way.", "002");
    public static readonly ErrorRow NotFound = new("NotFound", 404, "Nothing is at this address.", "007");
    public static readonly ErrorRow EntityNotFound = new("EntityNotFound", 404, "No entity has this key.", "1303");
    public static readonly ErrorRow MethodNotAllowed = new("MethodNotAllowed", 405, "This address does not take this method.", "1318");
    public static readonly ErrorRow NotAcceptable = new("NotAcceptable", 406, "No format that the client accepts can be produced.");
    public static readonly ErrorRow RequestTimeout = new("RequestTimeout", 408, "The body of the request arrived more slowly than the settings allow.");
    public static readonly ErrorRow Conflict = new("Conflict", 409, "The change conflicts with what is stored.", "1309");
    public static readonly ErrorRow StillReferenced = new("StillReferenced", 409, "Other rows refer to the entity: it cannot be deleted.", "1317");
    public static readonly ErrorRow DeltaLinkExpired = new("DeltaLinkExpired", 410, "The service no longer knows all changes since the delta link was given. Read the whole set again.");
    public static readonly ErrorRow PreconditionFailed = new("PreconditionFailed", 412, "The entity changed since the client read it, or a condition is not met.");
    public static readonly ErrorRow UnsupportedMediaType = new("UnsupportedMediaType", 415, "The request body's media type is not read here.");
    public static readonly ErrorRow RangeNotSatisfiable = new("RangeNotSatisfiable", 416, "The Range of the request is behind the end of the stream. Content-Range says how long it is.");
    public static readonly ErrorRow IdempotencyKeyReused = new("IdempotencyKeyReused", 422, "The Idempotency-Key was sent with another request before: a new request needs a new key.");
    public static readonly ErrorRow FailedDependency = new("FailedDependency", 424, "A request of the same batch, which this one depends on, failed.");
    public static readonly ErrorRow PreconditionRequired = new("PreconditionRequired", 428, "The definition wants If-Match with every change of an entity.");
    public static readonly ErrorRow TooManyRequests = new("TooManyRequests", 429, "Too many wrong passwords were sent, or the caller has used up its rate or has too many requests running. Retry-After says how many seconds to wait.", "001");
    public static readonly ErrorRow InternalError = new("InternalError", 500, "A defect of the service. The log of the server holds the details.", "1302");
    public static readonly ErrorRow NotImplemented = new("NotImplemented", 501, "Valid, but this service does not support it.", "1318");
    public static readonly ErrorRow DatabaseUnavailable = new("DatabaseUnavailable", 503, "The database does not answer. Try again later.", "1302");
    public static readonly ErrorRow Overloaded = new("Overloaded", 503, "The service has more requests than it takes at the same time. Retry-After says how many seconds to wait.", "1302");
    public static readonly ErrorRow Interrupted = new("Interrupted", 503, "The node that ran this asynchronous request ended before it. Send the request again.");
    public static readonly ErrorRow DatabaseTimeout = new("DatabaseTimeout", 504, "The database took longer than the settings allow.", "1302");

    public static readonly ErrorRow DeadlineExceeded = new("DeadlineExceeded", 504, "The request took longer than the settings allow. Ask for less at once, or send it with Prefer: respond-async.", "1302");

    /// <summary>The table, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<ErrorRow> All =
    [
        MalformedUrl, UnknownProperty, UnknownRelation, UnknownFilterField, FilterWithoutEndpoint, UnknownFunction, UnknownOption, TypeMismatch, OutOfRange, LimitExceeded, InvalidNextLink,
        InvalidHeader, InvalidBody, InvalidValue, RequiredMissing, ImmutableProperty, MissingKey, KeyNotCreatable, InvalidDefinition, UnfilteredChange, ReferenceNotFound,
        RelationNotEditable, Unauthorized, Forbidden, HttpsRequired, NotFound, EntityNotFound, MethodNotAllowed, NotAcceptable, RequestTimeout, Conflict, StillReferenced, DeltaLinkExpired, PreconditionFailed,
        UnsupportedMediaType, RangeNotSatisfiable, IdempotencyKeyReused, FailedDependency, PreconditionRequired, TooManyRequests, InternalError, NotImplemented, DatabaseUnavailable, Overloaded, Interrupted,
        DatabaseTimeout, DeadlineExceeded,
    ];
}

/// <summary>What a client is told: only values of this type ever reach a response, so nothing internal can.</summary>
/// <param name="Target">The option, property path or header that is at fault.</param>
/// <param name="Details">Further errors of the same request, one each.</param>
public sealed record ServiceError(ErrorRow Row, string Message, string? Target = null, IReadOnlyList<ServiceError>? Details = null);

/// <summary>Ends a request with a <see cref="ServiceError"/>.</summary>
public sealed class ServiceException : Exception
{
    public ServiceException(ServiceError error, Exception? inner = null)
        : base(error.Message, inner) => Error = error;

    public ServiceException(ErrorRow row, string message, string? target = null)
        : this(new ServiceError(row, message, target)) { }

    public ServiceError Error { get; }

    /// <summary>When another attempt makes sense, for <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
