import { QueryObject, QStringPath, QDateTimeOffsetPath, QCollectionPath, QStringCollection, QNumberPath, QEntityCollectionPath, QEntityPath, QId, QStringParam, QFunction, OperationReturnType, ReturnTypes, QComplexParam, QAction, QNumberParam, QEnumPath, QBooleanPath, QEnumParam, QBooleanParam, QGuidPath, QGuidParam, QDateTimeOffsetParam } from "@odata2ts/odata-query-objects";
import { ApiKeysId, ApiKeys_RotateParams, AuditEntriesId, DataExchangeConfigurationVersionsId, DataExchangeConfigurationVersions_DiffParams, DataExchangeConfigurationsId, DataExchangeConfigurations_DiffParams, DataExchangeConfigurations_RollBackParams, DataExchangeConfigurations_ExportDefinitionsParams, DataExchangeConfigurations_PreviewTableParams, DataExchangeConfigurations_SuggestDefinitionParams, DataExchangeConfigurations_ImportDefinitionsParams, DataExchangeConfigurations_TestDefinitionParams, JobsId, MeId, OAuthClientsId, OAuthClients_RotateSecretParams, PermissionsId, RequestStatisticsId, RolesId, SettingsId, UserClaimsId, UsersId, Users_ResetPasswordParams, Users_SetClaimsParams, Users_SetRolesParams, ChangePasswordParams, ConfirmSecondFactorParams, CreateApiKeyParams, CreateOAuthClientParams, EndSecondFactorParams } from "./BackOfficeModel";

export class QApiKeys extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly ValidTo = new QDateTimeOffsetPath(this.withPrefix("ValidTo"));
    public readonly OwnerName = new QStringPath(this.withPrefix("OwnerName"));
    public readonly Scopes = new QCollectionPath(this.withPrefix("Scopes"), () => QStringCollection);
    public readonly Addresses = new QCollectionPath(this.withPrefix("Addresses"), () => QStringCollection);
    public readonly RequestsPerMinute = new QNumberPath(this.withPrefix("RequestsPerMinute"));
    public readonly LastUsedAt = new QDateTimeOffsetPath(this.withPrefix("LastUsedAt"));
    public readonly CreatedAt = new QDateTimeOffsetPath(this.withPrefix("CreatedAt"));
    public readonly CreatedBy = new QStringPath(this.withPrefix("CreatedBy"));
    public readonly Roles = new QEntityCollectionPath(this.withPrefix("Roles"), () => QRoles);
    public readonly Owner = new QEntityPath(this.withPrefix("Owner"), () => QUsers);
}

export const qApiKeys = new QApiKeys();

export class QApiKeysId extends QId<ApiKeysId> {
    private readonly params = [new QStringParam("Name")];

    getParams() {
        return this.params
    }
}

export class ApiKeys_QEffectivePermissions extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.EffectivePermissions", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QEffectivePermission)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class ApiKeys_QRotate extends QAction<ApiKeys_RotateParams> {
    private readonly params = [new QNumberParam("overlapMinutes")];

    constructor() {
        super("BackendApi.Rotate", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QNewSecret)))
    }

    getParams() {
        return this.params
    }
}

export class QAuditEntries extends QueryObject {
    public readonly Id = new QNumberPath(this.withPrefix("Id"));
    public readonly At = new QDateTimeOffsetPath(this.withPrefix("At"));
    public readonly RequestId = new QStringPath(this.withPrefix("RequestId"));
    public readonly Caller = new QStringPath(this.withPrefix("Caller"));
    public readonly CallerKind = new QStringPath(this.withPrefix("CallerKind"));
    public readonly Address = new QStringPath(this.withPrefix("Address"));
    public readonly Operation = new QStringPath(this.withPrefix("Operation"));
    public readonly EntitySet = new QStringPath(this.withPrefix("EntitySet"));
    public readonly Key = new QStringPath(this.withPrefix("Key"));
    public readonly Rows = new QNumberPath(this.withPrefix("Rows"));
    public readonly Changes = new QStringPath(this.withPrefix("Changes"));
}

export const qAuditEntries = new QAuditEntries();

export class QAuditEntriesId extends QId<AuditEntriesId> {
    private readonly params = [new QNumberParam("Id")];

    getParams() {
        return this.params
    }
}

export class QDataExchangeConfigurationVersions extends QueryObject {
    public readonly Number = new QNumberPath(this.withPrefix("Number"));
    public readonly Alias = new QStringPath(this.withPrefix("Alias"));
    public readonly Action = new QEnumPath(this.withPrefix("Action"));
    public readonly PublishedAt = new QDateTimeOffsetPath(this.withPrefix("PublishedAt"));
    public readonly PublishedBy = new QStringPath(this.withPrefix("PublishedBy"));
    public readonly Comment = new QStringPath(this.withPrefix("Comment"));
    public readonly Document = new QStringPath(this.withPrefix("Document"));
    public readonly Configuration = new QEntityPath(this.withPrefix("Configuration"), () => QDataExchangeConfigurations);
}

export const qDataExchangeConfigurationVersions = new QDataExchangeConfigurationVersions();

export class QDataExchangeConfigurationVersionsId extends QId<DataExchangeConfigurationVersionsId> {
    private readonly params = [new QNumberParam("Number"),new QStringParam("Alias")];

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurationVersions_QDiff extends QFunction<DataExchangeConfigurationVersions_DiffParams> {
    private readonly params = [new QNumberParam("since")];

    constructor() {
        super("BackendApi.Diff", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QDocumentChange)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurationVersions_QRollBack extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.RollBack", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QDataExchangeConfigurations)))
    }

    getParams() {
        return this.params
    }
}

export class QDataExchangeConfigurations extends QueryObject {
    public readonly alias = new QStringPath(this.withPrefix("alias"));
    public readonly entitySet = new QStringPath(this.withPrefix("entitySet"));
    public readonly table = new QStringPath(this.withPrefix("table"));
    public readonly isActive = new QBooleanPath(this.withPrefix("isActive"));
    public readonly isSingleton = new QBooleanPath(this.withPrefix("isSingleton"));
    public readonly key = new QCollectionPath(this.withPrefix("key"), () => QStringCollection);
    public readonly allow = new QEntityPath(this.withPrefix("allow"), () => QDataExchangeAllow);
    public readonly description = new QStringPath(this.withPrefix("description"));
    public readonly fields = new QEntityCollectionPath(this.withPrefix("fields"), () => QDataExchangeField);
    public readonly alternateKeys = new QEntityCollectionPath(this.withPrefix("alternateKeys"), () => QDataExchangeAlternateKey);
    public readonly concurrency = new QStringPath(this.withPrefix("concurrency"));
    public readonly requireETag = new QBooleanPath(this.withPrefix("requireETag"));
    public readonly search = new QCollectionPath(this.withPrefix("search"), () => QStringCollection);
    public readonly filter = new QStringPath(this.withPrefix("filter"));
    public readonly trackChanges = new QBooleanPath(this.withPrefix("trackChanges"));
    public readonly rules = new QEntityCollectionPath(this.withPrefix("rules"), () => QDataExchangeRule);
    public readonly relations = new QEntityCollectionPath(this.withPrefix("relations"), () => QDataExchangeRelation);
    public readonly derived = new QEntityCollectionPath(this.withPrefix("derived"), () => QDataExchangeDerived);
    public readonly media = new QEntityPath(this.withPrefix("media"), () => QDataExchangeMedia);
    public readonly streams = new QEntityCollectionPath(this.withPrefix("streams"), () => QDataExchangeStream);
    public readonly version = new QNumberPath(this.withPrefix("version"));
    public readonly modifiedAt = new QDateTimeOffsetPath(this.withPrefix("modifiedAt"));
    public readonly modifiedBy = new QStringPath(this.withPrefix("modifiedBy"));
    public readonly Versions = new QEntityCollectionPath(this.withPrefix("Versions"), () => QDataExchangeConfigurationVersions);
}

export const qDataExchangeConfigurations = new QDataExchangeConfigurations();

export class QDataExchangeConfigurationsId extends QId<DataExchangeConfigurationsId> {
    private readonly params = [new QStringParam("alias")];

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QDependents extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Dependents", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QDependent)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class DataExchangeConfigurations_QDiff extends QFunction<DataExchangeConfigurations_DiffParams> {
    private readonly params = [new QNumberParam("from"),new QNumberParam("to")];

    constructor() {
        super("BackendApi.Diff", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QDocumentChange)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QActivate extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Activate", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QDataExchangeConfigurations)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QDeactivate extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Deactivate", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QDataExchangeConfigurations)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QRollBack extends QAction<DataExchangeConfigurations_RollBackParams> {
    private readonly params = [new QNumberParam("version")];

    constructor() {
        super("BackendApi.RollBack", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QDataExchangeConfigurations)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QDefinitionProblems extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.DefinitionProblems", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QDefinitionProblem)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class DataExchangeConfigurations_QExportDefinitions extends QFunction<DataExchangeConfigurations_ExportDefinitionsParams> {
    private readonly params = [new QEnumParam("format")];

    constructor() {
        super("BackendApi.ExportDefinitions")
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QPreviewTable extends QFunction<DataExchangeConfigurations_PreviewTableParams> {
    private readonly params = [new QStringParam("table"),new QNumberParam("rows")];

    constructor() {
        super("BackendApi.PreviewTable", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QTablePreview)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QPublishableTables extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.PublishableTables", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QPublishableTable)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class DataExchangeConfigurations_QSuggestDefinition extends QFunction<DataExchangeConfigurations_SuggestDefinitionParams> {
    private readonly params = [new QStringParam("table")];

    constructor() {
        super("BackendApi.SuggestDefinition")
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QImportDefinitions extends QAction<DataExchangeConfigurations_ImportDefinitionsParams> {
    private readonly params = [new QStringParam("document"),new QBooleanParam("replace")];

    constructor() {
        super("BackendApi.ImportDefinitions", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QImportedConfiguration)))
    }

    getParams() {
        return this.params
    }
}

export class DataExchangeConfigurations_QTestDefinition extends QAction<DataExchangeConfigurations_TestDefinitionParams> {
    private readonly params = [new QStringParam("document"),new QNumberParam("rows")];

    constructor() {
        super("BackendApi.TestDefinition", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QDefinitionTest)))
    }

    getParams() {
        return this.params
    }
}

export class QJobs extends QueryObject {
    public readonly Id = new QStringPath(this.withPrefix("Id"));
    public readonly Kind = new QStringPath(this.withPrefix("Kind"));
    public readonly Subject = new QStringPath(this.withPrefix("Subject"));
    public readonly State = new QStringPath(this.withPrefix("State"));
    public readonly Progress = new QNumberPath(this.withPrefix("Progress"));
    public readonly StartedAt = new QDateTimeOffsetPath(this.withPrefix("StartedAt"));
    public readonly FinishedAt = new QDateTimeOffsetPath(this.withPrefix("FinishedAt"));
    public readonly Caller = new QStringPath(this.withPrefix("Caller"));
    public readonly CallerKind = new QStringPath(this.withPrefix("CallerKind"));
    public readonly Status = new QNumberPath(this.withPrefix("Status"));
    public readonly Result = new QStringPath(this.withPrefix("Result"));
}

export const qJobs = new QJobs();

export class QJobsId extends QId<JobsId> {
    private readonly params = [new QStringParam("Id")];

    getParams() {
        return this.params
    }
}

export class Jobs_QCancel extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Cancel")
    }

    getParams() {
        return this.params
    }
}

export class QMe extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Kind = new QStringPath(this.withPrefix("Kind"));
    public readonly UserName = new QStringPath(this.withPrefix("UserName"));
    public readonly HasAllRights = new QBooleanPath(this.withPrefix("HasAllRights"));
    public readonly HasSecondFactor = new QBooleanPath(this.withPrefix("HasSecondFactor"));
    public readonly Roles = new QCollectionPath(this.withPrefix("Roles"), () => QStringCollection);
    public readonly Claims = new QEntityCollectionPath(this.withPrefix("Claims"), () => QMeClaims);
    public readonly User = new QEntityPath(this.withPrefix("User"), () => QUsers);
}

export const qMe = new QMe();

export class QMeId extends QId<MeId> {
    private readonly params = [new QStringParam("Name")];

    getParams() {
        return this.params
    }
}

export class QOAuthClients extends QueryObject {
    public readonly Id = new QStringPath(this.withPrefix("Id"));
    public readonly Description = new QStringPath(this.withPrefix("Description"));
    public readonly Scopes = new QCollectionPath(this.withPrefix("Scopes"), () => QStringCollection);
    public readonly LockedAt = new QDateTimeOffsetPath(this.withPrefix("LockedAt"));
    public readonly CreatedAt = new QDateTimeOffsetPath(this.withPrefix("CreatedAt"));
    public readonly CreatedBy = new QStringPath(this.withPrefix("CreatedBy"));
    public readonly Roles = new QEntityCollectionPath(this.withPrefix("Roles"), () => QRoles);
}

export const qOAuthClients = new QOAuthClients();

export class QOAuthClientsId extends QId<OAuthClientsId> {
    private readonly params = [new QStringParam("Id")];

    getParams() {
        return this.params
    }
}

export class OAuthClients_QEffectivePermissions extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.EffectivePermissions", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QEffectivePermission)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class OAuthClients_QLock extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Lock", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QOAuthClients)))
    }

    getParams() {
        return this.params
    }
}

export class OAuthClients_QRotateSecret extends QAction<OAuthClients_RotateSecretParams> {
    private readonly params = [new QNumberParam("overlapMinutes")];

    constructor() {
        super("BackendApi.RotateSecret", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QNewSecret)))
    }

    getParams() {
        return this.params
    }
}

export class OAuthClients_QUnlock extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Unlock", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QOAuthClients)))
    }

    getParams() {
        return this.params
    }
}

export class QPermissions extends QueryObject {
    public readonly RoleName = new QStringPath(this.withPrefix("RoleName"));
    public readonly EntitySet = new QStringPath(this.withPrefix("EntitySet"));
    public readonly CanRead = new QBooleanPath(this.withPrefix("CanRead"));
    public readonly CanCreate = new QBooleanPath(this.withPrefix("CanCreate"));
    public readonly CanUpdate = new QBooleanPath(this.withPrefix("CanUpdate"));
    public readonly CanDelete = new QBooleanPath(this.withPrefix("CanDelete"));
    public readonly CanExecute = new QBooleanPath(this.withPrefix("CanExecute"));
    public readonly Readable = new QCollectionPath(this.withPrefix("Readable"), () => QStringCollection);
    public readonly Writable = new QCollectionPath(this.withPrefix("Writable"), () => QStringCollection);
    public readonly RowFilter = new QStringPath(this.withPrefix("RowFilter"));
    public readonly Role = new QEntityPath(this.withPrefix("Role"), () => QRoles);
}

export const qPermissions = new QPermissions();

export class QPermissionsId extends QId<PermissionsId> {
    private readonly params = [new QStringParam("RoleName"),new QStringParam("EntitySet")];

    getParams() {
        return this.params
    }
}

export class QRequestStatistics extends QueryObject {
    public readonly Id = new QGuidPath(this.withPrefix("Id"));
    public readonly Period = new QStringPath(this.withPrefix("Period"));
    public readonly PeriodStart = new QDateTimeOffsetPath(this.withPrefix("PeriodStart"));
    public readonly EntitySet = new QStringPath(this.withPrefix("EntitySet"));
    public readonly Caller = new QStringPath(this.withPrefix("Caller"));
    public readonly CallerKind = new QStringPath(this.withPrefix("CallerKind"));
    public readonly Operation = new QStringPath(this.withPrefix("Operation"));
    public readonly Requests = new QNumberPath(this.withPrefix("Requests"));
    public readonly ClientErrors = new QNumberPath(this.withPrefix("ClientErrors"));
    public readonly ServerErrors = new QNumberPath(this.withPrefix("ServerErrors"));
    public readonly RowsRead = new QNumberPath(this.withPrefix("RowsRead"));
    public readonly RowsWritten = new QNumberPath(this.withPrefix("RowsWritten"));
    public readonly Microseconds = new QNumberPath(this.withPrefix("Microseconds"));
    public readonly LongestMicroseconds = new QNumberPath(this.withPrefix("LongestMicroseconds"));
    public readonly UpTo1Ms = new QNumberPath(this.withPrefix("UpTo1Ms"));
    public readonly UpTo2Ms = new QNumberPath(this.withPrefix("UpTo2Ms"));
    public readonly UpTo5Ms = new QNumberPath(this.withPrefix("UpTo5Ms"));
    public readonly UpTo10Ms = new QNumberPath(this.withPrefix("UpTo10Ms"));
    public readonly UpTo20Ms = new QNumberPath(this.withPrefix("UpTo20Ms"));
    public readonly UpTo50Ms = new QNumberPath(this.withPrefix("UpTo50Ms"));
    public readonly UpTo100Ms = new QNumberPath(this.withPrefix("UpTo100Ms"));
    public readonly UpTo200Ms = new QNumberPath(this.withPrefix("UpTo200Ms"));
    public readonly UpTo500Ms = new QNumberPath(this.withPrefix("UpTo500Ms"));
    public readonly UpTo1000Ms = new QNumberPath(this.withPrefix("UpTo1000Ms"));
    public readonly UpTo2000Ms = new QNumberPath(this.withPrefix("UpTo2000Ms"));
    public readonly UpTo5000Ms = new QNumberPath(this.withPrefix("UpTo5000Ms"));
    public readonly UpTo10000Ms = new QNumberPath(this.withPrefix("UpTo10000Ms"));
    public readonly Over10000Ms = new QNumberPath(this.withPrefix("Over10000Ms"));
}

export const qRequestStatistics = new QRequestStatistics();

export class QRequestStatisticsId extends QId<RequestStatisticsId> {
    private readonly params = [new QGuidParam("Id")];

    getParams() {
        return this.params
    }
}

export class QRoles extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Description = new QStringPath(this.withPrefix("Description"));
    public readonly HasAllRights = new QBooleanPath(this.withPrefix("HasAllRights"));
    public readonly CreatedAt = new QDateTimeOffsetPath(this.withPrefix("CreatedAt"));
    public readonly ChangedAt = new QDateTimeOffsetPath(this.withPrefix("ChangedAt"));
    public readonly Permissions = new QEntityCollectionPath(this.withPrefix("Permissions"), () => QPermissions);
    public readonly Users = new QEntityCollectionPath(this.withPrefix("Users"), () => QUsers);
    public readonly ApiKeys = new QEntityCollectionPath(this.withPrefix("ApiKeys"), () => QApiKeys);
    public readonly OAuthClients = new QEntityCollectionPath(this.withPrefix("OAuthClients"), () => QOAuthClients);
}

export const qRoles = new QRoles();

export class QRolesId extends QId<RolesId> {
    private readonly params = [new QStringParam("Name")];

    getParams() {
        return this.params
    }
}

export class QSettings extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Value = new QStringPath(this.withPrefix("Value"));
    public readonly Default = new QStringPath(this.withPrefix("Default"));
    public readonly Source = new QStringPath(this.withPrefix("Source"));
    public readonly Unit = new QStringPath(this.withPrefix("Unit"));
    public readonly Least = new QNumberPath(this.withPrefix("Least"));
    public readonly Most = new QNumberPath(this.withPrefix("Most"));
    public readonly Choices = new QStringPath(this.withPrefix("Choices"));
    public readonly NeedsRestart = new QBooleanPath(this.withPrefix("NeedsRestart"));
    public readonly Description = new QStringPath(this.withPrefix("Description"));
}

export const qSettings = new QSettings();

export class QSettingsId extends QId<SettingsId> {
    private readonly params = [new QStringParam("Name")];

    getParams() {
        return this.params
    }
}

export class QUserClaims extends QueryObject {
    public readonly UserName = new QStringPath(this.withPrefix("UserName"));
    public readonly Claim = new QStringPath(this.withPrefix("Claim"));
    public readonly Value = new QStringPath(this.withPrefix("Value"));
    public readonly UserNameNavigation = new QEntityPath(this.withPrefix("UserNameNavigation"), () => QUsers);
}

export const qUserClaims = new QUserClaims();

export class QUserClaimsId extends QId<UserClaimsId> {
    private readonly params = [new QStringParam("UserName"),new QStringParam("Claim")];

    getParams() {
        return this.params
    }
}

export class QUsers extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly DisplayName = new QStringPath(this.withPrefix("DisplayName"));
    public readonly Email = new QStringPath(this.withPrefix("Email"));
    public readonly MustChangePassword = new QBooleanPath(this.withPrefix("MustChangePassword"));
    public readonly LockedAt = new QDateTimeOffsetPath(this.withPrefix("LockedAt"));
    public readonly LockedUntil = new QDateTimeOffsetPath(this.withPrefix("LockedUntil"));
    public readonly TwoFactorSince = new QDateTimeOffsetPath(this.withPrefix("TwoFactorSince"));
    public readonly LastSignInAt = new QDateTimeOffsetPath(this.withPrefix("LastSignInAt"));
    public readonly CreatedAt = new QDateTimeOffsetPath(this.withPrefix("CreatedAt"));
    public readonly ChangedAt = new QDateTimeOffsetPath(this.withPrefix("ChangedAt"));
    public readonly Roles = new QEntityCollectionPath(this.withPrefix("Roles"), () => QRoles);
    public readonly ApiKeys = new QEntityCollectionPath(this.withPrefix("ApiKeys"), () => QApiKeys);
    public readonly Claims = new QEntityCollectionPath(this.withPrefix("Claims"), () => QUserClaims);
}

export const qUsers = new QUsers();

export class QUsersId extends QId<UsersId> {
    private readonly params = [new QStringParam("Name")];

    getParams() {
        return this.params
    }
}

export class Users_QEffectivePermissions extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.EffectivePermissions", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QEffectivePermission)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class Users_QLock extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Lock", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QUsers)))
    }

    getParams() {
        return this.params
    }
}

export class Users_QRemoveSecondFactor extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.RemoveSecondFactor", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QUsers)))
    }

    getParams() {
        return this.params
    }
}

export class Users_QResetPassword extends QAction<Users_ResetPasswordParams> {
    private readonly params = [new QStringParam("password"),new QBooleanParam("mustChange")];

    constructor() {
        super("BackendApi.ResetPassword")
    }

    getParams() {
        return this.params
    }
}

export class Users_QSetClaims extends QAction<Users_SetClaimsParams> {
    private readonly params = [new QComplexParam("claims", new QClaimValue())];

    constructor() {
        super("BackendApi.SetClaims", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QUsers)))
    }

    getParams() {
        return this.params
    }
}

export class Users_QSetRoles extends QAction<Users_SetRolesParams> {
    private readonly params = [new QStringParam("roles")];

    constructor() {
        super("BackendApi.SetRoles", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QUsers)))
    }

    getParams() {
        return this.params
    }
}

export class Users_QUnlock extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BackendApi.Unlock", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QUsers)))
    }

    getParams() {
        return this.params
    }
}

export class QDataExchangeAllow extends QueryObject {
    public readonly create = new QBooleanPath(this.withPrefix("create"));
    public readonly update = new QBooleanPath(this.withPrefix("update"));
    public readonly delete = new QBooleanPath(this.withPrefix("delete"));
}

export const qDataExchangeAllow = new QDataExchangeAllow();

export class QDataExchangeField extends QueryObject {
    public readonly column = new QStringPath(this.withPrefix("column"));
    public readonly name = new QStringPath(this.withPrefix("name"));
    public readonly alias = new QStringPath(this.withPrefix("alias"));
    public readonly type = new QStringPath(this.withPrefix("type"));
    public readonly isCreatable = new QBooleanPath(this.withPrefix("isCreatable"));
    public readonly isEditable = new QBooleanPath(this.withPrefix("isEditable"));
    public readonly description = new QStringPath(this.withPrefix("description"));
    public readonly example = new QStringPath(this.withPrefix("example"));
    public readonly members = new QEntityCollectionPath(this.withPrefix("members"), () => QDataExchangeEnumMember);
    public readonly isFlags = new QBooleanPath(this.withPrefix("isFlags"));
    public readonly items = new QEntityCollectionPath(this.withPrefix("items"), () => QDataExchangeItem);
    public readonly precision = new QNumberPath(this.withPrefix("precision"));
    public readonly scale = new QNumberPath(this.withPrefix("scale"));
    public readonly validation = new QEntityPath(this.withPrefix("validation"), () => QDataExchangeValidation);
    public readonly transform = new QEntityCollectionPath(this.withPrefix("transform"), () => QDataExchangeTransform);
}

export const qDataExchangeField = new QDataExchangeField();

export class QDataExchangeEnumMember extends QueryObject {
    public readonly name = new QStringPath(this.withPrefix("name"));
    public readonly value = new QStringPath(this.withPrefix("value"));
}

export const qDataExchangeEnumMember = new QDataExchangeEnumMember();

export class QDataExchangeItem extends QueryObject {
    public readonly name = new QStringPath(this.withPrefix("name"));
    public readonly type = new QStringPath(this.withPrefix("type"));
}

export const qDataExchangeItem = new QDataExchangeItem();

export class QDataExchangeValidation extends QueryObject {
    public readonly isRequired = new QBooleanPath(this.withPrefix("isRequired"));
    public readonly min = new QNumberPath(this.withPrefix("min"));
    public readonly max = new QNumberPath(this.withPrefix("max"));
    public readonly minLength = new QNumberPath(this.withPrefix("minLength"));
    public readonly maxLength = new QNumberPath(this.withPrefix("maxLength"));
    public readonly pattern = new QStringPath(this.withPrefix("pattern"));
    public readonly enum = new QCollectionPath(this.withPrefix("enum"), () => QStringCollection);
    public readonly format = new QStringPath(this.withPrefix("format"));
    public readonly precision = new QNumberPath(this.withPrefix("precision"));
    public readonly scale = new QNumberPath(this.withPrefix("scale"));
    public readonly references = new QStringPath(this.withPrefix("references"));
}

export const qDataExchangeValidation = new QDataExchangeValidation();

export class QDataExchangeTransform extends QueryObject {
    public readonly step = new QStringPath(this.withPrefix("step"));
    public readonly default = new QStringPath(this.withPrefix("default"));
    public readonly constant = new QStringPath(this.withPrefix("constant"));
    public readonly lookup = new QEntityPath(this.withPrefix("lookup"), () => QDataExchangeLookup);
    public readonly compute = new QStringPath(this.withPrefix("compute"));
}

export const qDataExchangeTransform = new QDataExchangeTransform();

export class QDataExchangeLookup extends QueryObject {
    public readonly set = new QStringPath(this.withPrefix("set"));
    public readonly by = new QStringPath(this.withPrefix("by"));
}

export const qDataExchangeLookup = new QDataExchangeLookup();

export class QDataExchangeAlternateKey extends QueryObject {
    public readonly columns = new QCollectionPath(this.withPrefix("columns"), () => QStringCollection);
}

export const qDataExchangeAlternateKey = new QDataExchangeAlternateKey();

export class QDataExchangeRule extends QueryObject {
    public readonly expression = new QStringPath(this.withPrefix("expression"));
    public readonly message = new QStringPath(this.withPrefix("message"));
}

export const qDataExchangeRule = new QDataExchangeRule();

export class QDataExchangeRelation extends QueryObject {
    public readonly name = new QStringPath(this.withPrefix("name"));
    public readonly alias = new QStringPath(this.withPrefix("alias"));
    public readonly target = new QStringPath(this.withPrefix("target"));
    public readonly multiplicity = new QStringPath(this.withPrefix("multiplicity"));
    public readonly isEditable = new QBooleanPath(this.withPrefix("isEditable"));
    public readonly on = new QEntityCollectionPath(this.withPrefix("on"), () => QDataExchangeColumnPair);
    public readonly through = new QEntityPath(this.withPrefix("through"), () => QDataExchangeThrough);
}

export const qDataExchangeRelation = new QDataExchangeRelation();

export class QDataExchangeColumnPair extends QueryObject {
    public readonly column = new QStringPath(this.withPrefix("column"));
    public readonly targetColumn = new QStringPath(this.withPrefix("targetColumn"));
}

export const qDataExchangeColumnPair = new QDataExchangeColumnPair();

export class QDataExchangeThrough extends QueryObject {
    public readonly table = new QStringPath(this.withPrefix("table"));
    public readonly on = new QEntityCollectionPath(this.withPrefix("on"), () => QDataExchangeColumnPair);
    public readonly to = new QEntityCollectionPath(this.withPrefix("to"), () => QDataExchangeColumnPair);
}

export const qDataExchangeThrough = new QDataExchangeThrough();

export class QDataExchangeDerived extends QueryObject {
    public readonly name = new QStringPath(this.withPrefix("name"));
    public readonly column = new QStringPath(this.withPrefix("column"));
    public readonly value = new QStringPath(this.withPrefix("value"));
    public readonly fields = new QEntityCollectionPath(this.withPrefix("fields"), () => QDataExchangeField);
    public readonly relations = new QEntityCollectionPath(this.withPrefix("relations"), () => QDataExchangeRelation);
}

export const qDataExchangeDerived = new QDataExchangeDerived();

export class QDataExchangeMedia extends QueryObject {
    public readonly column = new QStringPath(this.withPrefix("column"));
    public readonly contentType = new QStringPath(this.withPrefix("contentType"));
    public readonly contentTypeColumn = new QStringPath(this.withPrefix("contentTypeColumn"));
}

export const qDataExchangeMedia = new QDataExchangeMedia();

export class QDataExchangeStream extends QueryObject {
    public readonly column = new QStringPath(this.withPrefix("column"));
    public readonly name = new QStringPath(this.withPrefix("name"));
    public readonly contentType = new QStringPath(this.withPrefix("contentType"));
    public readonly contentTypeColumn = new QStringPath(this.withPrefix("contentTypeColumn"));
    public readonly isEditable = new QBooleanPath(this.withPrefix("isEditable"));
    public readonly description = new QStringPath(this.withPrefix("description"));
}

export const qDataExchangeStream = new QDataExchangeStream();

export class QMeClaims extends QueryObject {
    public readonly Claim = new QStringPath(this.withPrefix("Claim"));
    public readonly Value = new QStringPath(this.withPrefix("Value"));
}

export const qMeClaims = new QMeClaims();

export class QDefinitionProblem extends QueryObject {
    public readonly Alias = new QStringPath(this.withPrefix("Alias"));
    public readonly Path = new QStringPath(this.withPrefix("Path"));
    public readonly Message = new QStringPath(this.withPrefix("Message"));
}

export const qDefinitionProblem = new QDefinitionProblem();

export class QDocumentChange extends QueryObject {
    public readonly Path = new QStringPath(this.withPrefix("Path"));
    public readonly Kind = new QEnumPath(this.withPrefix("Kind"));
    public readonly Item = new QStringPath(this.withPrefix("Item"));
    public readonly Before = new QStringPath(this.withPrefix("Before"));
    public readonly After = new QStringPath(this.withPrefix("After"));
}

export const qDocumentChange = new QDocumentChange();

export class QDefinitionTest extends QueryObject {
    public readonly EntitySet = new QStringPath(this.withPrefix("EntitySet"));
    public readonly Problems = new QEntityCollectionPath(this.withPrefix("Problems"), () => QDefinitionProblem);
    public readonly Properties = new QEntityCollectionPath(this.withPrefix("Properties"), () => QDefinitionProperty);
    public readonly Navigations = new QEntityCollectionPath(this.withPrefix("Navigations"), () => QDefinitionNavigation);
    public readonly Rows = new QCollectionPath(this.withPrefix("Rows"), () => QStringCollection);
}

export const qDefinitionTest = new QDefinitionTest();

export class QDefinitionProperty extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Type = new QStringPath(this.withPrefix("Type"));
    public readonly Column = new QStringPath(this.withPrefix("Column"));
    public readonly IsNullable = new QBooleanPath(this.withPrefix("IsNullable"));
    public readonly IsKey = new QBooleanPath(this.withPrefix("IsKey"));
}

export const qDefinitionProperty = new QDefinitionProperty();

export class QDefinitionNavigation extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Target = new QStringPath(this.withPrefix("Target"));
    public readonly IsCollection = new QBooleanPath(this.withPrefix("IsCollection"));
}

export const qDefinitionNavigation = new QDefinitionNavigation();

export class QPublishableTable extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly IsView = new QBooleanPath(this.withPrefix("IsView"));
    public readonly Columns = new QNumberPath(this.withPrefix("Columns"));
    public readonly EstimatedRows = new QNumberPath(this.withPrefix("EstimatedRows"));
    public readonly Description = new QStringPath(this.withPrefix("Description"));
    public readonly PublishedAs = new QCollectionPath(this.withPrefix("PublishedAs"), () => QStringCollection);
}

export const qPublishableTable = new QPublishableTable();

export class QTablePreview extends QueryObject {
    public readonly Columns = new QEntityCollectionPath(this.withPrefix("Columns"), () => QPreviewedColumn);
    public readonly Rows = new QCollectionPath(this.withPrefix("Rows"), () => QStringCollection);
}

export const qTablePreview = new QTablePreview();

export class QPreviewedColumn extends QueryObject {
    public readonly Column = new QStringPath(this.withPrefix("Column"));
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Type = new QStringPath(this.withPrefix("Type"));
    public readonly IsNullable = new QBooleanPath(this.withPrefix("IsNullable"));
    public readonly IsKey = new QBooleanPath(this.withPrefix("IsKey"));
    public readonly Description = new QStringPath(this.withPrefix("Description"));
}

export const qPreviewedColumn = new QPreviewedColumn();

export class QDependent extends QueryObject {
    public readonly Kind = new QEnumPath(this.withPrefix("Kind"));
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Path = new QStringPath(this.withPrefix("Path"));
    public readonly Message = new QStringPath(this.withPrefix("Message"));
    public readonly PreventsDeactivation = new QBooleanPath(this.withPrefix("PreventsDeactivation"));
    public readonly PreventsDelete = new QBooleanPath(this.withPrefix("PreventsDelete"));
}

export const qDependent = new QDependent();

export class QImportedConfiguration extends QueryObject {
    public readonly Alias = new QStringPath(this.withPrefix("Alias"));
    public readonly Action = new QEnumPath(this.withPrefix("Action"));
    public readonly Changes = new QEntityCollectionPath(this.withPrefix("Changes"), () => QDocumentChange);
}

export const qImportedConfiguration = new QImportedConfiguration();

export class QClaimValue extends QueryObject {
    public readonly Claim = new QStringPath(this.withPrefix("Claim"));
    public readonly Value = new QStringPath(this.withPrefix("Value"));
}

export const qClaimValue = new QClaimValue();

export class QEffectivePermission extends QueryObject {
    public readonly EntitySet = new QStringPath(this.withPrefix("EntitySet"));
    public readonly CanRead = new QBooleanPath(this.withPrefix("CanRead"));
    public readonly CanCreate = new QBooleanPath(this.withPrefix("CanCreate"));
    public readonly CanUpdate = new QBooleanPath(this.withPrefix("CanUpdate"));
    public readonly CanDelete = new QBooleanPath(this.withPrefix("CanDelete"));
    public readonly CanExecute = new QBooleanPath(this.withPrefix("CanExecute"));
    public readonly Readable = new QCollectionPath(this.withPrefix("Readable"), () => QStringCollection);
    public readonly Writable = new QCollectionPath(this.withPrefix("Writable"), () => QStringCollection);
    public readonly RowFilter = new QStringPath(this.withPrefix("RowFilter"));
    public readonly Roles = new QCollectionPath(this.withPrefix("Roles"), () => QStringCollection);
}

export const qEffectivePermission = new QEffectivePermission();

export class QLimitState extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Kind = new QEnumPath(this.withPrefix("Kind"));
    public readonly RequestsPerMinute = new QNumberPath(this.withPrefix("RequestsPerMinute"));
    public readonly RequestsLeft = new QNumberPath(this.withPrefix("RequestsLeft"));
    public readonly RunningRequests = new QNumberPath(this.withPrefix("RunningRequests"));
    public readonly ConcurrentRequests = new QNumberPath(this.withPrefix("ConcurrentRequests"));
    public readonly RefusedRequests = new QNumberPath(this.withPrefix("RefusedRequests"));
}

export const qLimitState = new QLimitState();

export class QSecondFactorSecret extends QueryObject {
    public readonly Secret = new QStringPath(this.withPrefix("Secret"));
    public readonly Address = new QStringPath(this.withPrefix("Address"));
}

export const qSecondFactorSecret = new QSecondFactorSecret();

export class QNewSecret extends QueryObject {
    public readonly Name = new QStringPath(this.withPrefix("Name"));
    public readonly Secret = new QStringPath(this.withPrefix("Secret"));
}

export const qNewSecret = new QNewSecret();

export class QCallerLimits extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("CallerLimits", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QLimitState)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class QMyLimits extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("MyLimits", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QLimitState)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class QMyPermissions extends QFunction {
    private readonly params: [] = [];

    constructor() {
        super("MyPermissions", new OperationReturnType(ReturnTypes.COMPLEX_COLLECTION, new QComplexParam("NONE", new QEffectivePermission)))
    }

    getParams() {
        return this.params
    }

    buildUrl() {
        return super.buildUrl(undefined)
    }
}

export class QBeginSecondFactor extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("BeginSecondFactor", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QSecondFactorSecret)))
    }

    getParams() {
        return this.params
    }
}

export class QChangePassword extends QAction<ChangePasswordParams> {
    private readonly params = [new QStringParam("currentPassword"),new QStringParam("newPassword"),new QStringParam("code")];

    constructor() {
        super("ChangePassword")
    }

    getParams() {
        return this.params
    }
}

export class QConfirmSecondFactor extends QAction<ConfirmSecondFactorParams> {
    private readonly params = [new QStringParam("code")];

    constructor() {
        super("ConfirmSecondFactor")
    }

    getParams() {
        return this.params
    }
}

export class QCreateApiKey extends QAction<CreateApiKeyParams> {
    private readonly params = [new QStringParam("name"),new QStringParam("owner"),new QStringParam("roles"),new QStringParam("scopes"),new QStringParam("addresses"),new QNumberParam("requestsPerMinute"),new QDateTimeOffsetParam("validTo")];

    constructor() {
        super("CreateApiKey", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QNewSecret)))
    }

    getParams() {
        return this.params
    }
}

export class QCreateOAuthClient extends QAction<CreateOAuthClientParams> {
    private readonly params = [new QStringParam("id"),new QStringParam("roles"),new QStringParam("scopes"),new QStringParam("description")];

    constructor() {
        super("CreateOAuthClient", new OperationReturnType(ReturnTypes.COMPLEX, new QComplexParam("NONE", new QNewSecret)))
    }

    getParams() {
        return this.params
    }
}

export class QEndSecondFactor extends QAction<EndSecondFactorParams> {
    private readonly params = [new QStringParam("code")];

    constructor() {
        super("EndSecondFactor")
    }

    getParams() {
        return this.params
    }
}

export class QSignOutEverywhere extends QAction {
    private readonly params: [] = [];

    constructor() {
        super("SignOutEverywhere")
    }

    getParams() {
        return this.params
    }
}
