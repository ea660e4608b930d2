import { ODataCollectionResponseV4, ODataModelResponseV4, ODataValueResponseV4 } from "@odata2ts/odata-core";
import { StringCollection, QStringCollection, qStringCollection } from "@odata2ts/odata-query-objects";
import { ODataHttpClient, ODataHttpClientConfig, HttpResponseModel } from "@odata2ts/http-client-api";
import { ODataService, EntityTypeServiceV4, CollectionServiceV4, EntitySetServiceV4 } from "@odata2ts/odata-service";
import { ApiKeysId, AuditEntriesId, DataExchangeConfigurationVersionsId, DataExchangeConfigurationsId, JobsId, OAuthClientsId, PermissionsId, RequestStatisticsId, RolesId, SettingsId, UserClaimsId, UsersId, LimitState, EffectivePermission, SecondFactorSecret, ChangePasswordParams, ConfirmSecondFactorParams, NewSecret, CreateApiKeyParams, CreateOAuthClientParams, EndSecondFactorParams, ApiKeys, EditableApiKeys, ApiKeys_RotateParams, AuditEntries, EditableAuditEntries, DataExchangeConfigurationVersions, EditableDataExchangeConfigurationVersions, DocumentChange, DataExchangeConfigurationVersions_DiffParams, DataExchangeConfigurations, EditableDataExchangeConfigurations, DataExchangeField, EditableDataExchangeField, DataExchangeAlternateKey, EditableDataExchangeAlternateKey, DataExchangeRule, EditableDataExchangeRule, DataExchangeRelation, EditableDataExchangeRelation, DataExchangeDerived, EditableDataExchangeDerived, DataExchangeStream, EditableDataExchangeStream, Dependent, DataExchangeConfigurations_DiffParams, DataExchangeConfigurations_RollBackParams, DefinitionProblem, DataExchangeConfigurations_ExportDefinitionsParams, TablePreview, DataExchangeConfigurations_PreviewTableParams, PublishableTable, DataExchangeConfigurations_SuggestDefinitionParams, ImportedConfiguration, DataExchangeConfigurations_ImportDefinitionsParams, DefinitionTest, DataExchangeConfigurations_TestDefinitionParams, Jobs, EditableJobs, Me, EditableMe, MeClaims, EditableMeClaims, MeId, OAuthClients, EditableOAuthClients, OAuthClients_RotateSecretParams, Permissions, EditablePermissions, RequestStatistics, EditableRequestStatistics, Roles, EditableRoles, Settings, EditableSettings, UserClaims, EditableUserClaims, Users, EditableUsers, Users_ResetPasswordParams, Users_SetClaimsParams, Users_SetRolesParams, DataExchangeAllow, EditableDataExchangeAllow, DataExchangeEnumMember, EditableDataExchangeEnumMember, DataExchangeItem, EditableDataExchangeItem, DataExchangeTransform, EditableDataExchangeTransform, DataExchangeValidation, EditableDataExchangeValidation, DataExchangeLookup, EditableDataExchangeLookup, DataExchangeColumnPair, EditableDataExchangeColumnPair, DataExchangeThrough, EditableDataExchangeThrough, DataExchangeMedia, EditableDataExchangeMedia, EditableDefinitionProblem, EditableDocumentChange, EditableDefinitionTest, DefinitionProperty, EditableDefinitionProperty, DefinitionNavigation, EditableDefinitionNavigation, EditablePublishableTable, EditableTablePreview, PreviewedColumn, EditablePreviewedColumn, EditableDependent, EditableImportedConfiguration, ClaimValue, EditableClaimValue, EditableEffectivePermission, EditableLimitState, EditableSecondFactorSecret, EditableNewSecret } from "./BackOfficeModel";
import { QApiKeysId, QAuditEntriesId, QDataExchangeConfigurationVersionsId, QDataExchangeConfigurationsId, QJobsId, QOAuthClientsId, QPermissionsId, QRequestStatisticsId, QRolesId, QSettingsId, QUserClaimsId, QUsersId, QCallerLimits, QMyLimits, QMyPermissions, QBeginSecondFactor, QChangePassword, QConfirmSecondFactor, QCreateApiKey, QCreateOAuthClient, QEndSecondFactor, QSignOutEverywhere, QApiKeys, qApiKeys, ApiKeys_QEffectivePermissions, ApiKeys_QRotate, QAuditEntries, qAuditEntries, QDataExchangeConfigurationVersions, qDataExchangeConfigurationVersions, DataExchangeConfigurationVersions_QDiff, DataExchangeConfigurationVersions_QRollBack, QDataExchangeConfigurations, qDataExchangeConfigurations, QDataExchangeField, qDataExchangeField, QDataExchangeAlternateKey, qDataExchangeAlternateKey, QDataExchangeRule, qDataExchangeRule, QDataExchangeRelation, qDataExchangeRelation, QDataExchangeDerived, qDataExchangeDerived, QDataExchangeStream, qDataExchangeStream, DataExchangeConfigurations_QDependents, DataExchangeConfigurations_QDiff, DataExchangeConfigurations_QActivate, DataExchangeConfigurations_QDeactivate, DataExchangeConfigurations_QRollBack, DataExchangeConfigurations_QDefinitionProblems, DataExchangeConfigurations_QExportDefinitions, DataExchangeConfigurations_QPreviewTable, DataExchangeConfigurations_QPublishableTables, DataExchangeConfigurations_QSuggestDefinition, DataExchangeConfigurations_QImportDefinitions, DataExchangeConfigurations_QTestDefinition, QJobs, qJobs, Jobs_QCancel, QMe, qMe, QMeClaims, qMeClaims, QMeId, QOAuthClients, qOAuthClients, OAuthClients_QEffectivePermissions, OAuthClients_QLock, OAuthClients_QRotateSecret, OAuthClients_QUnlock, QPermissions, qPermissions, QRequestStatistics, qRequestStatistics, QRoles, qRoles, QSettings, qSettings, QUserClaims, qUserClaims, QUsers, qUsers, Users_QEffectivePermissions, Users_QLock, Users_QRemoveSecondFactor, Users_QResetPassword, Users_QSetClaims, Users_QSetRoles, Users_QUnlock, QDataExchangeAllow, qDataExchangeAllow, QDataExchangeEnumMember, qDataExchangeEnumMember, QDataExchangeItem, qDataExchangeItem, QDataExchangeTransform, qDataExchangeTransform, QDataExchangeValidation, qDataExchangeValidation, QDataExchangeLookup, qDataExchangeLookup, QDataExchangeColumnPair, qDataExchangeColumnPair, QDataExchangeThrough, qDataExchangeThrough, QDataExchangeMedia, qDataExchangeMedia, QDefinitionProblem, qDefinitionProblem, QDocumentChange, qDocumentChange, QDefinitionTest, qDefinitionTest, QDefinitionProperty, qDefinitionProperty, QDefinitionNavigation, qDefinitionNavigation, QPublishableTable, qPublishableTable, QTablePreview, qTablePreview, QPreviewedColumn, qPreviewedColumn, QDependent, qDependent, QImportedConfiguration, qImportedConfiguration, QClaimValue, qClaimValue, QEffectivePermission, qEffectivePermission, QLimitState, qLimitState, QSecondFactorSecret, qSecondFactorSecret, QNewSecret, qNewSecret } from "./QBackOffice";

export class BackOfficeService<ClientType extends ODataHttpClient> extends ODataService<ClientType> {
    private _Me?: MeService<ClientType>;
    private _QCallerLimits?: QCallerLimits;
    private _QMyLimits?: QMyLimits;
    private _QMyPermissions?: QMyPermissions;
    private _QBeginSecondFactor?: QBeginSecondFactor;
    private _QChangePassword?: QChangePassword;
    private _QConfirmSecondFactor?: QConfirmSecondFactor;
    private _QCreateApiKey?: QCreateApiKey;
    private _QCreateOAuthClient?: QCreateOAuthClient;
    private _QEndSecondFactor?: QEndSecondFactor;
    private _QSignOutEverywhere?: QSignOutEverywhere;

    public ApiKeys(): ApiKeysCollectionService<ClientType>;
    public ApiKeys(id: ApiKeysId): ApiKeysService<ClientType>;
    public ApiKeys(id?: ApiKeysId | undefined) {
        const fieldName = "ApiKeys";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new ApiKeysCollectionService(client, path, fieldName)
        : new ApiKeysService(client, path, new QApiKeysId(fieldName).buildUrl(id));
    }

    public AuditEntries(): AuditEntriesCollectionService<ClientType>;
    public AuditEntries(id: AuditEntriesId): AuditEntriesService<ClientType>;
    public AuditEntries(id?: AuditEntriesId | undefined) {
        const fieldName = "AuditEntries";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new AuditEntriesCollectionService(client, path, fieldName)
        : new AuditEntriesService(client, path, new QAuditEntriesId(fieldName).buildUrl(id));
    }

    public DataExchangeConfigurationVersions(): DataExchangeConfigurationVersionsCollectionService<ClientType>;
    public DataExchangeConfigurationVersions(id: DataExchangeConfigurationVersionsId): DataExchangeConfigurationVersionsService<ClientType>;
    public DataExchangeConfigurationVersions(id?: DataExchangeConfigurationVersionsId | undefined) {
        const fieldName = "DataExchangeConfigurationVersions";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new DataExchangeConfigurationVersionsCollectionService(client, path, fieldName)
        : new DataExchangeConfigurationVersionsService(client, path, new QDataExchangeConfigurationVersionsId(fieldName).buildUrl(id));
    }

    public DataExchangeConfigurations(): DataExchangeConfigurationsCollectionService<ClientType>;
    public DataExchangeConfigurations(id: DataExchangeConfigurationsId): DataExchangeConfigurationsService<ClientType>;
    public DataExchangeConfigurations(id?: DataExchangeConfigurationsId | undefined) {
        const fieldName = "DataExchangeConfigurations";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new DataExchangeConfigurationsCollectionService(client, path, fieldName)
        : new DataExchangeConfigurationsService(client, path, new QDataExchangeConfigurationsId(fieldName).buildUrl(id));
    }

    public Jobs(): JobsCollectionService<ClientType>;
    public Jobs(id: JobsId): JobsService<ClientType>;
    public Jobs(id?: JobsId | undefined) {
        const fieldName = "Jobs";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new JobsCollectionService(client, path, fieldName)
        : new JobsService(client, path, new QJobsId(fieldName).buildUrl(id));
    }

    public OAuthClients(): OAuthClientsCollectionService<ClientType>;
    public OAuthClients(id: OAuthClientsId): OAuthClientsService<ClientType>;
    public OAuthClients(id?: OAuthClientsId | undefined) {
        const fieldName = "OAuthClients";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new OAuthClientsCollectionService(client, path, fieldName)
        : new OAuthClientsService(client, path, new QOAuthClientsId(fieldName).buildUrl(id));
    }

    public Permissions(): PermissionsCollectionService<ClientType>;
    public Permissions(id: PermissionsId): PermissionsService<ClientType>;
    public Permissions(id?: PermissionsId | undefined) {
        const fieldName = "Permissions";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new PermissionsCollectionService(client, path, fieldName)
        : new PermissionsService(client, path, new QPermissionsId(fieldName).buildUrl(id));
    }

    public RequestStatistics(): RequestStatisticsCollectionService<ClientType>;
    public RequestStatistics(id: RequestStatisticsId): RequestStatisticsService<ClientType>;
    public RequestStatistics(id?: RequestStatisticsId | undefined) {
        const fieldName = "RequestStatistics";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new RequestStatisticsCollectionService(client, path, fieldName)
        : new RequestStatisticsService(client, path, new QRequestStatisticsId(fieldName).buildUrl(id));
    }

    public Roles(): RolesCollectionService<ClientType>;
    public Roles(id: RolesId): RolesService<ClientType>;
    public Roles(id?: RolesId | undefined) {
        const fieldName = "Roles";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new RolesCollectionService(client, path, fieldName)
        : new RolesService(client, path, new QRolesId(fieldName).buildUrl(id));
    }

    public Settings(): SettingsCollectionService<ClientType>;
    public Settings(id: SettingsId): SettingsService<ClientType>;
    public Settings(id?: SettingsId | undefined) {
        const fieldName = "Settings";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new SettingsCollectionService(client, path, fieldName)
        : new SettingsService(client, path, new QSettingsId(fieldName).buildUrl(id));
    }

    public UserClaims(): UserClaimsCollectionService<ClientType>;
    public UserClaims(id: UserClaimsId): UserClaimsService<ClientType>;
    public UserClaims(id?: UserClaimsId | undefined) {
        const fieldName = "UserClaims";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new UserClaimsCollectionService(client, path, fieldName)
        : new UserClaimsService(client, path, new QUserClaimsId(fieldName).buildUrl(id));
    }

    public Users(): UsersCollectionService<ClientType>;
    public Users(id: UsersId): UsersService<ClientType>;
    public Users(id?: UsersId | undefined) {
        const fieldName = "Users";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new UsersCollectionService(client, path, fieldName)
        : new UsersService(client, path, new QUsersId(fieldName).buildUrl(id));
    }

    public Me() {
        if(!this._Me) {
          const { client, path } = this.__base;
          this._Me = new MeService(client, path, "Me")
        }

        return this._Me
    }

    public async CallerLimits(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<LimitState>>> {
        if(!this._QCallerLimits) {
          this._QCallerLimits = new QCallerLimits()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QCallerLimits.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._QCallerLimits.convertResponse(response);
    }

    public async MyLimits(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<LimitState>>> {
        if(!this._QMyLimits) {
          this._QMyLimits = new QMyLimits()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QMyLimits.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._QMyLimits.convertResponse(response);
    }

    public async MyPermissions(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<EffectivePermission>>> {
        if(!this._QMyPermissions) {
          this._QMyPermissions = new QMyPermissions()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QMyPermissions.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._QMyPermissions.convertResponse(response);
    }

    public async BeginSecondFactor(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<SecondFactorSecret>>> {
        if(!this._QBeginSecondFactor) {
          this._QBeginSecondFactor = new QBeginSecondFactor()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QBeginSecondFactor.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._QBeginSecondFactor.convertResponse(response);
    }

    public async ChangePassword(params: ChangePasswordParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<void>>> {
        if(!this._QChangePassword) {
          this._QChangePassword = new QChangePassword()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QChangePassword.buildUrl());
        return client.post(url, this._QChangePassword.convertUserParams(params), requestConfig, getDefaultHeaders());
        
    }

    public async ConfirmSecondFactor(params: ConfirmSecondFactorParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<string>>> {
        if(!this._QConfirmSecondFactor) {
          this._QConfirmSecondFactor = new QConfirmSecondFactor()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QConfirmSecondFactor.buildUrl());
        const response = await  client.post(url, this._QConfirmSecondFactor.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._QConfirmSecondFactor.convertResponse(response);
    }

    public async CreateApiKey(params: CreateApiKeyParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<NewSecret>>> {
        if(!this._QCreateApiKey) {
          this._QCreateApiKey = new QCreateApiKey()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QCreateApiKey.buildUrl());
        const response = await  client.post(url, this._QCreateApiKey.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._QCreateApiKey.convertResponse(response);
    }

    public async CreateOAuthClient(params: CreateOAuthClientParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<NewSecret>>> {
        if(!this._QCreateOAuthClient) {
          this._QCreateOAuthClient = new QCreateOAuthClient()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QCreateOAuthClient.buildUrl());
        const response = await  client.post(url, this._QCreateOAuthClient.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._QCreateOAuthClient.convertResponse(response);
    }

    public async EndSecondFactor(params: EndSecondFactorParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<void>>> {
        if(!this._QEndSecondFactor) {
          this._QEndSecondFactor = new QEndSecondFactor()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QEndSecondFactor.buildUrl());
        return client.post(url, this._QEndSecondFactor.convertUserParams(params), requestConfig, getDefaultHeaders());
        
    }

    public async SignOutEverywhere(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<void>>> {
        if(!this._QSignOutEverywhere) {
          this._QSignOutEverywhere = new QSignOutEverywhere()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._QSignOutEverywhere.buildUrl());
        return client.post(url, {}, requestConfig, getDefaultHeaders());
        
    }
}

export class ApiKeysService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, ApiKeys, EditableApiKeys, QApiKeys> {
    private _Scopes?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Addresses?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Owner?: UsersService<ClientType>;
    private _ApiKeys_QEffectivePermissions?: ApiKeys_QEffectivePermissions;
    private _ApiKeys_QRotate?: ApiKeys_QRotate;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qApiKeys);
    }

    public Scopes() {
        if(!this._Scopes) {
          const { client, path } = this.__base;
          this._Scopes = new CollectionServiceV4(client, path, "Scopes", qStringCollection)
        }

        return this._Scopes
    }

    public Addresses() {
        if(!this._Addresses) {
          const { client, path } = this.__base;
          this._Addresses = new CollectionServiceV4(client, path, "Addresses", qStringCollection)
        }

        return this._Addresses
    }

    public Roles(): RolesCollectionService<ClientType>;
    public Roles(id: RolesId): RolesService<ClientType>;
    public Roles(id?: RolesId | undefined) {
        const fieldName = "Roles";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new RolesCollectionService(client, path, fieldName)
        : new RolesService(client, path, new QRolesId(fieldName).buildUrl(id));
    }

    public Owner(): UsersService<ClientType> {
        if(!this._Owner) {
          const { client, path } = this.__base;
          this._Owner = new UsersService(client, path, "Owner")
        }

        return this._Owner
    }

    public async EffectivePermissions(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<EffectivePermission>>> {
        if(!this._ApiKeys_QEffectivePermissions) {
          this._ApiKeys_QEffectivePermissions = new ApiKeys_QEffectivePermissions()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._ApiKeys_QEffectivePermissions.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._ApiKeys_QEffectivePermissions.convertResponse(response);
    }

    public async Rotate(params: ApiKeys_RotateParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<NewSecret>>> {
        if(!this._ApiKeys_QRotate) {
          this._ApiKeys_QRotate = new ApiKeys_QRotate()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._ApiKeys_QRotate.buildUrl());
        const response = await  client.post(url, this._ApiKeys_QRotate.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._ApiKeys_QRotate.convertResponse(response);
    }
}

export class ApiKeysCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, ApiKeys, EditableApiKeys, QApiKeys, ApiKeysId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qApiKeys, new QApiKeysId(name));
    }
}

export class AuditEntriesService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, AuditEntries, EditableAuditEntries, QAuditEntries> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qAuditEntries);
    }
}

export class AuditEntriesCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, AuditEntries, EditableAuditEntries, QAuditEntries, AuditEntriesId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qAuditEntries, new QAuditEntriesId(name));
    }
}

export class DataExchangeConfigurationVersionsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeConfigurationVersions, EditableDataExchangeConfigurationVersions, QDataExchangeConfigurationVersions> {
    private _Configuration?: DataExchangeConfigurationsService<ClientType>;
    private _DataExchangeConfigurationVersions_QDiff?: DataExchangeConfigurationVersions_QDiff;
    private _DataExchangeConfigurationVersions_QRollBack?: DataExchangeConfigurationVersions_QRollBack;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeConfigurationVersions);
    }

    public Configuration(): DataExchangeConfigurationsService<ClientType> {
        if(!this._Configuration) {
          const { client, path } = this.__base;
          this._Configuration = new DataExchangeConfigurationsService(client, path, "Configuration")
        }

        return this._Configuration
    }

    public async Diff(params: DataExchangeConfigurationVersions_DiffParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<DocumentChange>>> {
        if(!this._DataExchangeConfigurationVersions_QDiff) {
          this._DataExchangeConfigurationVersions_QDiff = new DataExchangeConfigurationVersions_QDiff()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurationVersions_QDiff.buildUrl(params));
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurationVersions_QDiff.convertResponse(response);
    }

    public async RollBack(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<DataExchangeConfigurations>>> {
        if(!this._DataExchangeConfigurationVersions_QRollBack) {
          this._DataExchangeConfigurationVersions_QRollBack = new DataExchangeConfigurationVersions_QRollBack()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurationVersions_QRollBack.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurationVersions_QRollBack.convertResponse(response);
    }
}

export class DataExchangeConfigurationVersionsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, DataExchangeConfigurationVersions, EditableDataExchangeConfigurationVersions, QDataExchangeConfigurationVersions, DataExchangeConfigurationVersionsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeConfigurationVersions, new QDataExchangeConfigurationVersionsId(name));
    }
}

export class DataExchangeConfigurationsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeConfigurations, EditableDataExchangeConfigurations, QDataExchangeConfigurations> {
    private _key?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _allow?: DataExchangeAllowService<ClientType>;
    private _fields?: CollectionServiceV4<ClientType, DataExchangeField, QDataExchangeField, EditableDataExchangeField>;
    private _alternateKeys?: CollectionServiceV4<ClientType, DataExchangeAlternateKey, QDataExchangeAlternateKey, EditableDataExchangeAlternateKey>;
    private _search?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _rules?: CollectionServiceV4<ClientType, DataExchangeRule, QDataExchangeRule, EditableDataExchangeRule>;
    private _relations?: CollectionServiceV4<ClientType, DataExchangeRelation, QDataExchangeRelation, EditableDataExchangeRelation>;
    private _derived?: CollectionServiceV4<ClientType, DataExchangeDerived, QDataExchangeDerived, EditableDataExchangeDerived>;
    private _media?: DataExchangeMediaService<ClientType>;
    private _streams?: CollectionServiceV4<ClientType, DataExchangeStream, QDataExchangeStream, EditableDataExchangeStream>;
    private _DataExchangeConfigurations_QDependents?: DataExchangeConfigurations_QDependents;
    private _DataExchangeConfigurations_QDiff?: DataExchangeConfigurations_QDiff;
    private _DataExchangeConfigurations_QActivate?: DataExchangeConfigurations_QActivate;
    private _DataExchangeConfigurations_QDeactivate?: DataExchangeConfigurations_QDeactivate;
    private _DataExchangeConfigurations_QRollBack?: DataExchangeConfigurations_QRollBack;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeConfigurations);
    }

    public key() {
        if(!this._key) {
          const { client, path } = this.__base;
          this._key = new CollectionServiceV4(client, path, "key", qStringCollection)
        }

        return this._key
    }

    public allow(): DataExchangeAllowService<ClientType> {
        if(!this._allow) {
          const { client, path } = this.__base;
          this._allow = new DataExchangeAllowService(client, path, "allow")
        }

        return this._allow
    }

    public fields(): CollectionServiceV4<ClientType, DataExchangeField, QDataExchangeField, EditableDataExchangeField> {
        if(!this._fields) {
          const { client, path } = this.__base;
          this._fields = new CollectionServiceV4(client, path, "fields", qDataExchangeField)
        }

        return this._fields
    }

    public alternateKeys(): CollectionServiceV4<ClientType, DataExchangeAlternateKey, QDataExchangeAlternateKey, EditableDataExchangeAlternateKey> {
        if(!this._alternateKeys) {
          const { client, path } = this.__base;
          this._alternateKeys = new CollectionServiceV4(client, path, "alternateKeys", qDataExchangeAlternateKey)
        }

        return this._alternateKeys
    }

    public search() {
        if(!this._search) {
          const { client, path } = this.__base;
          this._search = new CollectionServiceV4(client, path, "search", qStringCollection)
        }

        return this._search
    }

    public rules(): CollectionServiceV4<ClientType, DataExchangeRule, QDataExchangeRule, EditableDataExchangeRule> {
        if(!this._rules) {
          const { client, path } = this.__base;
          this._rules = new CollectionServiceV4(client, path, "rules", qDataExchangeRule)
        }

        return this._rules
    }

    public relations(): CollectionServiceV4<ClientType, DataExchangeRelation, QDataExchangeRelation, EditableDataExchangeRelation> {
        if(!this._relations) {
          const { client, path } = this.__base;
          this._relations = new CollectionServiceV4(client, path, "relations", qDataExchangeRelation)
        }

        return this._relations
    }

    public derived(): CollectionServiceV4<ClientType, DataExchangeDerived, QDataExchangeDerived, EditableDataExchangeDerived> {
        if(!this._derived) {
          const { client, path } = this.__base;
          this._derived = new CollectionServiceV4(client, path, "derived", qDataExchangeDerived)
        }

        return this._derived
    }

    public media(): DataExchangeMediaService<ClientType> {
        if(!this._media) {
          const { client, path } = this.__base;
          this._media = new DataExchangeMediaService(client, path, "media")
        }

        return this._media
    }

    public streams(): CollectionServiceV4<ClientType, DataExchangeStream, QDataExchangeStream, EditableDataExchangeStream> {
        if(!this._streams) {
          const { client, path } = this.__base;
          this._streams = new CollectionServiceV4(client, path, "streams", qDataExchangeStream)
        }

        return this._streams
    }

    public Versions(): DataExchangeConfigurationVersionsCollectionService<ClientType>;
    public Versions(id: DataExchangeConfigurationVersionsId): DataExchangeConfigurationVersionsService<ClientType>;
    public Versions(id?: DataExchangeConfigurationVersionsId | undefined) {
        const fieldName = "Versions";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new DataExchangeConfigurationVersionsCollectionService(client, path, fieldName)
        : new DataExchangeConfigurationVersionsService(client, path, new QDataExchangeConfigurationVersionsId(fieldName).buildUrl(id));
    }

    public async Dependents(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<Dependent>>> {
        if(!this._DataExchangeConfigurations_QDependents) {
          this._DataExchangeConfigurations_QDependents = new DataExchangeConfigurations_QDependents()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QDependents.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QDependents.convertResponse(response);
    }

    public async Diff(params: DataExchangeConfigurations_DiffParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<DocumentChange>>> {
        if(!this._DataExchangeConfigurations_QDiff) {
          this._DataExchangeConfigurations_QDiff = new DataExchangeConfigurations_QDiff()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QDiff.buildUrl(params));
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QDiff.convertResponse(response);
    }

    public async Activate(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<DataExchangeConfigurations>>> {
        if(!this._DataExchangeConfigurations_QActivate) {
          this._DataExchangeConfigurations_QActivate = new DataExchangeConfigurations_QActivate()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QActivate.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QActivate.convertResponse(response);
    }

    public async Deactivate(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<DataExchangeConfigurations>>> {
        if(!this._DataExchangeConfigurations_QDeactivate) {
          this._DataExchangeConfigurations_QDeactivate = new DataExchangeConfigurations_QDeactivate()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QDeactivate.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QDeactivate.convertResponse(response);
    }

    public async RollBack(params: DataExchangeConfigurations_RollBackParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<DataExchangeConfigurations>>> {
        if(!this._DataExchangeConfigurations_QRollBack) {
          this._DataExchangeConfigurations_QRollBack = new DataExchangeConfigurations_QRollBack()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QRollBack.buildUrl());
        const response = await  client.post(url, this._DataExchangeConfigurations_QRollBack.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QRollBack.convertResponse(response);
    }
}

export class DataExchangeConfigurationsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, DataExchangeConfigurations, EditableDataExchangeConfigurations, QDataExchangeConfigurations, DataExchangeConfigurationsId> {
    private _DataExchangeConfigurations_QDefinitionProblems?: DataExchangeConfigurations_QDefinitionProblems;
    private _DataExchangeConfigurations_QExportDefinitions?: DataExchangeConfigurations_QExportDefinitions;
    private _DataExchangeConfigurations_QPreviewTable?: DataExchangeConfigurations_QPreviewTable;
    private _DataExchangeConfigurations_QPublishableTables?: DataExchangeConfigurations_QPublishableTables;
    private _DataExchangeConfigurations_QSuggestDefinition?: DataExchangeConfigurations_QSuggestDefinition;
    private _DataExchangeConfigurations_QImportDefinitions?: DataExchangeConfigurations_QImportDefinitions;
    private _DataExchangeConfigurations_QTestDefinition?: DataExchangeConfigurations_QTestDefinition;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeConfigurations, new QDataExchangeConfigurationsId(name));
    }

    public async DefinitionProblems(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<DefinitionProblem>>> {
        if(!this._DataExchangeConfigurations_QDefinitionProblems) {
          this._DataExchangeConfigurations_QDefinitionProblems = new DataExchangeConfigurations_QDefinitionProblems()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QDefinitionProblems.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QDefinitionProblems.convertResponse(response);
    }

    public async ExportDefinitions(params: DataExchangeConfigurations_ExportDefinitionsParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataValueResponseV4<string>>> {
        if(!this._DataExchangeConfigurations_QExportDefinitions) {
          this._DataExchangeConfigurations_QExportDefinitions = new DataExchangeConfigurations_QExportDefinitions()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QExportDefinitions.buildUrl(params));
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QExportDefinitions.convertResponse(response);
    }

    public async PreviewTable(params: DataExchangeConfigurations_PreviewTableParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<TablePreview>>> {
        if(!this._DataExchangeConfigurations_QPreviewTable) {
          this._DataExchangeConfigurations_QPreviewTable = new DataExchangeConfigurations_QPreviewTable()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QPreviewTable.buildUrl(params));
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QPreviewTable.convertResponse(response);
    }

    public async PublishableTables(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<PublishableTable>>> {
        if(!this._DataExchangeConfigurations_QPublishableTables) {
          this._DataExchangeConfigurations_QPublishableTables = new DataExchangeConfigurations_QPublishableTables()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QPublishableTables.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QPublishableTables.convertResponse(response);
    }

    public async SuggestDefinition(params: DataExchangeConfigurations_SuggestDefinitionParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataValueResponseV4<string>>> {
        if(!this._DataExchangeConfigurations_QSuggestDefinition) {
          this._DataExchangeConfigurations_QSuggestDefinition = new DataExchangeConfigurations_QSuggestDefinition()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QSuggestDefinition.buildUrl(params));
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QSuggestDefinition.convertResponse(response);
    }

    public async ImportDefinitions(params: DataExchangeConfigurations_ImportDefinitionsParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<ImportedConfiguration>>> {
        if(!this._DataExchangeConfigurations_QImportDefinitions) {
          this._DataExchangeConfigurations_QImportDefinitions = new DataExchangeConfigurations_QImportDefinitions()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QImportDefinitions.buildUrl());
        const response = await  client.post(url, this._DataExchangeConfigurations_QImportDefinitions.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QImportDefinitions.convertResponse(response);
    }

    public async TestDefinition(params: DataExchangeConfigurations_TestDefinitionParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<DefinitionTest>>> {
        if(!this._DataExchangeConfigurations_QTestDefinition) {
          this._DataExchangeConfigurations_QTestDefinition = new DataExchangeConfigurations_QTestDefinition()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._DataExchangeConfigurations_QTestDefinition.buildUrl());
        const response = await  client.post(url, this._DataExchangeConfigurations_QTestDefinition.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._DataExchangeConfigurations_QTestDefinition.convertResponse(response);
    }
}

export class JobsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Jobs, EditableJobs, QJobs> {
    private _Jobs_QCancel?: Jobs_QCancel;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qJobs);
    }

    public async Cancel(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<void>>> {
        if(!this._Jobs_QCancel) {
          this._Jobs_QCancel = new Jobs_QCancel()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Jobs_QCancel.buildUrl());
        return client.post(url, {}, requestConfig, getDefaultHeaders());
        
    }
}

export class JobsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, Jobs, EditableJobs, QJobs, JobsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qJobs, new QJobsId(name));
    }
}

export class MeService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Me, EditableMe, QMe> {
    private _Roles?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Claims?: CollectionServiceV4<ClientType, MeClaims, QMeClaims, EditableMeClaims>;
    private _User?: UsersService<ClientType>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qMe);
    }

    public Roles() {
        if(!this._Roles) {
          const { client, path } = this.__base;
          this._Roles = new CollectionServiceV4(client, path, "Roles", qStringCollection)
        }

        return this._Roles
    }

    public Claims(): CollectionServiceV4<ClientType, MeClaims, QMeClaims, EditableMeClaims> {
        if(!this._Claims) {
          const { client, path } = this.__base;
          this._Claims = new CollectionServiceV4(client, path, "Claims", qMeClaims)
        }

        return this._Claims
    }

    public User(): UsersService<ClientType> {
        if(!this._User) {
          const { client, path } = this.__base;
          this._User = new UsersService(client, path, "User")
        }

        return this._User
    }
}

export class MeCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, Me, EditableMe, QMe, MeId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qMe, new QMeId(name));
    }
}

export class OAuthClientsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, OAuthClients, EditableOAuthClients, QOAuthClients> {
    private _Scopes?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _OAuthClients_QEffectivePermissions?: OAuthClients_QEffectivePermissions;
    private _OAuthClients_QLock?: OAuthClients_QLock;
    private _OAuthClients_QRotateSecret?: OAuthClients_QRotateSecret;
    private _OAuthClients_QUnlock?: OAuthClients_QUnlock;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qOAuthClients);
    }

    public Scopes() {
        if(!this._Scopes) {
          const { client, path } = this.__base;
          this._Scopes = new CollectionServiceV4(client, path, "Scopes", qStringCollection)
        }

        return this._Scopes
    }

    public Roles(): RolesCollectionService<ClientType>;
    public Roles(id: RolesId): RolesService<ClientType>;
    public Roles(id?: RolesId | undefined) {
        const fieldName = "Roles";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new RolesCollectionService(client, path, fieldName)
        : new RolesService(client, path, new QRolesId(fieldName).buildUrl(id));
    }

    public async EffectivePermissions(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<EffectivePermission>>> {
        if(!this._OAuthClients_QEffectivePermissions) {
          this._OAuthClients_QEffectivePermissions = new OAuthClients_QEffectivePermissions()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._OAuthClients_QEffectivePermissions.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._OAuthClients_QEffectivePermissions.convertResponse(response);
    }

    public async Lock(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<OAuthClients>>> {
        if(!this._OAuthClients_QLock) {
          this._OAuthClients_QLock = new OAuthClients_QLock()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._OAuthClients_QLock.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._OAuthClients_QLock.convertResponse(response);
    }

    public async RotateSecret(params: OAuthClients_RotateSecretParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<NewSecret>>> {
        if(!this._OAuthClients_QRotateSecret) {
          this._OAuthClients_QRotateSecret = new OAuthClients_QRotateSecret()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._OAuthClients_QRotateSecret.buildUrl());
        const response = await  client.post(url, this._OAuthClients_QRotateSecret.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._OAuthClients_QRotateSecret.convertResponse(response);
    }

    public async Unlock(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<OAuthClients>>> {
        if(!this._OAuthClients_QUnlock) {
          this._OAuthClients_QUnlock = new OAuthClients_QUnlock()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._OAuthClients_QUnlock.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._OAuthClients_QUnlock.convertResponse(response);
    }
}

export class OAuthClientsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, OAuthClients, EditableOAuthClients, QOAuthClients, OAuthClientsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qOAuthClients, new QOAuthClientsId(name));
    }
}

export class PermissionsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Permissions, EditablePermissions, QPermissions> {
    private _Readable?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Writable?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Role?: RolesService<ClientType>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qPermissions);
    }

    public Readable() {
        if(!this._Readable) {
          const { client, path } = this.__base;
          this._Readable = new CollectionServiceV4(client, path, "Readable", qStringCollection)
        }

        return this._Readable
    }

    public Writable() {
        if(!this._Writable) {
          const { client, path } = this.__base;
          this._Writable = new CollectionServiceV4(client, path, "Writable", qStringCollection)
        }

        return this._Writable
    }

    public Role(): RolesService<ClientType> {
        if(!this._Role) {
          const { client, path } = this.__base;
          this._Role = new RolesService(client, path, "Role")
        }

        return this._Role
    }
}

export class PermissionsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, Permissions, EditablePermissions, QPermissions, PermissionsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qPermissions, new QPermissionsId(name));
    }
}

export class RequestStatisticsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, RequestStatistics, EditableRequestStatistics, QRequestStatistics> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qRequestStatistics);
    }
}

export class RequestStatisticsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, RequestStatistics, EditableRequestStatistics, QRequestStatistics, RequestStatisticsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qRequestStatistics, new QRequestStatisticsId(name));
    }
}

export class RolesService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Roles, EditableRoles, QRoles> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qRoles);
    }

    public Permissions(): PermissionsCollectionService<ClientType>;
    public Permissions(id: PermissionsId): PermissionsService<ClientType>;
    public Permissions(id?: PermissionsId | undefined) {
        const fieldName = "Permissions";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new PermissionsCollectionService(client, path, fieldName)
        : new PermissionsService(client, path, new QPermissionsId(fieldName).buildUrl(id));
    }

    public Users(): UsersCollectionService<ClientType>;
    public Users(id: UsersId): UsersService<ClientType>;
    public Users(id?: UsersId | undefined) {
        const fieldName = "Users";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new UsersCollectionService(client, path, fieldName)
        : new UsersService(client, path, new QUsersId(fieldName).buildUrl(id));
    }

    public ApiKeys(): ApiKeysCollectionService<ClientType>;
    public ApiKeys(id: ApiKeysId): ApiKeysService<ClientType>;
    public ApiKeys(id?: ApiKeysId | undefined) {
        const fieldName = "ApiKeys";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new ApiKeysCollectionService(client, path, fieldName)
        : new ApiKeysService(client, path, new QApiKeysId(fieldName).buildUrl(id));
    }

    public OAuthClients(): OAuthClientsCollectionService<ClientType>;
    public OAuthClients(id: OAuthClientsId): OAuthClientsService<ClientType>;
    public OAuthClients(id?: OAuthClientsId | undefined) {
        const fieldName = "OAuthClients";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new OAuthClientsCollectionService(client, path, fieldName)
        : new OAuthClientsService(client, path, new QOAuthClientsId(fieldName).buildUrl(id));
    }
}

export class RolesCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, Roles, EditableRoles, QRoles, RolesId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qRoles, new QRolesId(name));
    }
}

export class SettingsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Settings, EditableSettings, QSettings> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qSettings);
    }
}

export class SettingsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, Settings, EditableSettings, QSettings, SettingsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qSettings, new QSettingsId(name));
    }
}

export class UserClaimsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, UserClaims, EditableUserClaims, QUserClaims> {
    private _UserNameNavigation?: UsersService<ClientType>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qUserClaims);
    }

    public UserNameNavigation(): UsersService<ClientType> {
        if(!this._UserNameNavigation) {
          const { client, path } = this.__base;
          this._UserNameNavigation = new UsersService(client, path, "UserNameNavigation")
        }

        return this._UserNameNavigation
    }
}

export class UserClaimsCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, UserClaims, EditableUserClaims, QUserClaims, UserClaimsId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qUserClaims, new QUserClaimsId(name));
    }
}

export class UsersService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Users, EditableUsers, QUsers> {
    private _Users_QEffectivePermissions?: Users_QEffectivePermissions;
    private _Users_QLock?: Users_QLock;
    private _Users_QRemoveSecondFactor?: Users_QRemoveSecondFactor;
    private _Users_QResetPassword?: Users_QResetPassword;
    private _Users_QSetClaims?: Users_QSetClaims;
    private _Users_QSetRoles?: Users_QSetRoles;
    private _Users_QUnlock?: Users_QUnlock;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qUsers);
    }

    public Roles(): RolesCollectionService<ClientType>;
    public Roles(id: RolesId): RolesService<ClientType>;
    public Roles(id?: RolesId | undefined) {
        const fieldName = "Roles";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new RolesCollectionService(client, path, fieldName)
        : new RolesService(client, path, new QRolesId(fieldName).buildUrl(id));
    }

    public ApiKeys(): ApiKeysCollectionService<ClientType>;
    public ApiKeys(id: ApiKeysId): ApiKeysService<ClientType>;
    public ApiKeys(id?: ApiKeysId | undefined) {
        const fieldName = "ApiKeys";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new ApiKeysCollectionService(client, path, fieldName)
        : new ApiKeysService(client, path, new QApiKeysId(fieldName).buildUrl(id));
    }

    public Claims(): UserClaimsCollectionService<ClientType>;
    public Claims(id: UserClaimsId): UserClaimsService<ClientType>;
    public Claims(id?: UserClaimsId | undefined) {
        const fieldName = "Claims";
        const { client, path } = this.__base;
        return typeof id === "undefined" || id === null
        ? new UserClaimsCollectionService(client, path, fieldName)
        : new UserClaimsService(client, path, new QUserClaimsId(fieldName).buildUrl(id));
    }

    public async EffectivePermissions(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataCollectionResponseV4<EffectivePermission>>> {
        if(!this._Users_QEffectivePermissions) {
          this._Users_QEffectivePermissions = new Users_QEffectivePermissions()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QEffectivePermissions.buildUrl());
        const response = await  client.get(url, requestConfig, getDefaultHeaders());
        return this._Users_QEffectivePermissions.convertResponse(response);
    }

    public async Lock(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<Users>>> {
        if(!this._Users_QLock) {
          this._Users_QLock = new Users_QLock()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QLock.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._Users_QLock.convertResponse(response);
    }

    public async RemoveSecondFactor(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<Users>>> {
        if(!this._Users_QRemoveSecondFactor) {
          this._Users_QRemoveSecondFactor = new Users_QRemoveSecondFactor()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QRemoveSecondFactor.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._Users_QRemoveSecondFactor.convertResponse(response);
    }

    public async ResetPassword(params: Users_ResetPasswordParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<void>>> {
        if(!this._Users_QResetPassword) {
          this._Users_QResetPassword = new Users_QResetPassword()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QResetPassword.buildUrl());
        return client.post(url, this._Users_QResetPassword.convertUserParams(params), requestConfig, getDefaultHeaders());
        
    }

    public async SetClaims(params: Users_SetClaimsParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<Users>>> {
        if(!this._Users_QSetClaims) {
          this._Users_QSetClaims = new Users_QSetClaims()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QSetClaims.buildUrl());
        const response = await  client.post(url, this._Users_QSetClaims.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._Users_QSetClaims.convertResponse(response);
    }

    public async SetRoles(params: Users_SetRolesParams, requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<Users>>> {
        if(!this._Users_QSetRoles) {
          this._Users_QSetRoles = new Users_QSetRoles()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QSetRoles.buildUrl());
        const response = await  client.post(url, this._Users_QSetRoles.convertUserParams(params), requestConfig, getDefaultHeaders());
        return this._Users_QSetRoles.convertResponse(response);
    }

    public async Unlock(requestConfig?: ODataHttpClientConfig<ClientType>): Promise<HttpResponseModel<ODataModelResponseV4<Users>>> {
        if(!this._Users_QUnlock) {
          this._Users_QUnlock = new Users_QUnlock()
        }

        const { addFullPath, client, getDefaultHeaders } = this.__base;
        const url = addFullPath(this._Users_QUnlock.buildUrl());
        const response = await  client.post(url, {}, requestConfig, getDefaultHeaders());
        return this._Users_QUnlock.convertResponse(response);
    }
}

export class UsersCollectionService<ClientType extends ODataHttpClient> extends EntitySetServiceV4<ClientType, Users, EditableUsers, QUsers, UsersId> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qUsers, new QUsersId(name));
    }
}

export class DataExchangeAllowService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeAllow, EditableDataExchangeAllow, QDataExchangeAllow> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeAllow);
    }
}

export class DataExchangeFieldService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeField, EditableDataExchangeField, QDataExchangeField> {
    private _members?: CollectionServiceV4<ClientType, DataExchangeEnumMember, QDataExchangeEnumMember, EditableDataExchangeEnumMember>;
    private _items?: CollectionServiceV4<ClientType, DataExchangeItem, QDataExchangeItem, EditableDataExchangeItem>;
    private _validation?: DataExchangeValidationService<ClientType>;
    private _transform?: CollectionServiceV4<ClientType, DataExchangeTransform, QDataExchangeTransform, EditableDataExchangeTransform>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeField);
    }

    public members(): CollectionServiceV4<ClientType, DataExchangeEnumMember, QDataExchangeEnumMember, EditableDataExchangeEnumMember> {
        if(!this._members) {
          const { client, path } = this.__base;
          this._members = new CollectionServiceV4(client, path, "members", qDataExchangeEnumMember)
        }

        return this._members
    }

    public items(): CollectionServiceV4<ClientType, DataExchangeItem, QDataExchangeItem, EditableDataExchangeItem> {
        if(!this._items) {
          const { client, path } = this.__base;
          this._items = new CollectionServiceV4(client, path, "items", qDataExchangeItem)
        }

        return this._items
    }

    public validation(): DataExchangeValidationService<ClientType> {
        if(!this._validation) {
          const { client, path } = this.__base;
          this._validation = new DataExchangeValidationService(client, path, "validation")
        }

        return this._validation
    }

    public transform(): CollectionServiceV4<ClientType, DataExchangeTransform, QDataExchangeTransform, EditableDataExchangeTransform> {
        if(!this._transform) {
          const { client, path } = this.__base;
          this._transform = new CollectionServiceV4(client, path, "transform", qDataExchangeTransform)
        }

        return this._transform
    }
}

export class DataExchangeEnumMemberService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeEnumMember, EditableDataExchangeEnumMember, QDataExchangeEnumMember> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeEnumMember);
    }
}

export class DataExchangeItemService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeItem, EditableDataExchangeItem, QDataExchangeItem> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeItem);
    }
}

export class DataExchangeValidationService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeValidation, EditableDataExchangeValidation, QDataExchangeValidation> {
    private _enum?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeValidation);
    }

    public enum() {
        if(!this._enum) {
          const { client, path } = this.__base;
          this._enum = new CollectionServiceV4(client, path, "enum", qStringCollection)
        }

        return this._enum
    }
}

export class DataExchangeTransformService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeTransform, EditableDataExchangeTransform, QDataExchangeTransform> {
    private _lookup?: DataExchangeLookupService<ClientType>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeTransform);
    }

    public lookup(): DataExchangeLookupService<ClientType> {
        if(!this._lookup) {
          const { client, path } = this.__base;
          this._lookup = new DataExchangeLookupService(client, path, "lookup")
        }

        return this._lookup
    }
}

export class DataExchangeLookupService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeLookup, EditableDataExchangeLookup, QDataExchangeLookup> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeLookup);
    }
}

export class DataExchangeAlternateKeyService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeAlternateKey, EditableDataExchangeAlternateKey, QDataExchangeAlternateKey> {
    private _columns?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeAlternateKey);
    }

    public columns() {
        if(!this._columns) {
          const { client, path } = this.__base;
          this._columns = new CollectionServiceV4(client, path, "columns", qStringCollection)
        }

        return this._columns
    }
}

export class DataExchangeRuleService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeRule, EditableDataExchangeRule, QDataExchangeRule> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeRule);
    }
}

export class DataExchangeRelationService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeRelation, EditableDataExchangeRelation, QDataExchangeRelation> {
    private _on?: CollectionServiceV4<ClientType, DataExchangeColumnPair, QDataExchangeColumnPair, EditableDataExchangeColumnPair>;
    private _through?: DataExchangeThroughService<ClientType>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeRelation);
    }

    public on(): CollectionServiceV4<ClientType, DataExchangeColumnPair, QDataExchangeColumnPair, EditableDataExchangeColumnPair> {
        if(!this._on) {
          const { client, path } = this.__base;
          this._on = new CollectionServiceV4(client, path, "on", qDataExchangeColumnPair)
        }

        return this._on
    }

    public through(): DataExchangeThroughService<ClientType> {
        if(!this._through) {
          const { client, path } = this.__base;
          this._through = new DataExchangeThroughService(client, path, "through")
        }

        return this._through
    }
}

export class DataExchangeColumnPairService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeColumnPair, EditableDataExchangeColumnPair, QDataExchangeColumnPair> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeColumnPair);
    }
}

export class DataExchangeThroughService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeThrough, EditableDataExchangeThrough, QDataExchangeThrough> {
    private _on?: CollectionServiceV4<ClientType, DataExchangeColumnPair, QDataExchangeColumnPair, EditableDataExchangeColumnPair>;
    private _to?: CollectionServiceV4<ClientType, DataExchangeColumnPair, QDataExchangeColumnPair, EditableDataExchangeColumnPair>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeThrough);
    }

    public on(): CollectionServiceV4<ClientType, DataExchangeColumnPair, QDataExchangeColumnPair, EditableDataExchangeColumnPair> {
        if(!this._on) {
          const { client, path } = this.__base;
          this._on = new CollectionServiceV4(client, path, "on", qDataExchangeColumnPair)
        }

        return this._on
    }

    public to(): CollectionServiceV4<ClientType, DataExchangeColumnPair, QDataExchangeColumnPair, EditableDataExchangeColumnPair> {
        if(!this._to) {
          const { client, path } = this.__base;
          this._to = new CollectionServiceV4(client, path, "to", qDataExchangeColumnPair)
        }

        return this._to
    }
}

export class DataExchangeDerivedService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeDerived, EditableDataExchangeDerived, QDataExchangeDerived> {
    private _fields?: CollectionServiceV4<ClientType, DataExchangeField, QDataExchangeField, EditableDataExchangeField>;
    private _relations?: CollectionServiceV4<ClientType, DataExchangeRelation, QDataExchangeRelation, EditableDataExchangeRelation>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeDerived);
    }

    public fields(): CollectionServiceV4<ClientType, DataExchangeField, QDataExchangeField, EditableDataExchangeField> {
        if(!this._fields) {
          const { client, path } = this.__base;
          this._fields = new CollectionServiceV4(client, path, "fields", qDataExchangeField)
        }

        return this._fields
    }

    public relations(): CollectionServiceV4<ClientType, DataExchangeRelation, QDataExchangeRelation, EditableDataExchangeRelation> {
        if(!this._relations) {
          const { client, path } = this.__base;
          this._relations = new CollectionServiceV4(client, path, "relations", qDataExchangeRelation)
        }

        return this._relations
    }
}

export class DataExchangeMediaService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeMedia, EditableDataExchangeMedia, QDataExchangeMedia> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeMedia);
    }
}

export class DataExchangeStreamService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DataExchangeStream, EditableDataExchangeStream, QDataExchangeStream> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDataExchangeStream);
    }
}

export class MeClaimsService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, MeClaims, EditableMeClaims, QMeClaims> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qMeClaims);
    }
}

export class DefinitionProblemService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DefinitionProblem, EditableDefinitionProblem, QDefinitionProblem> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDefinitionProblem);
    }
}

export class DocumentChangeService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DocumentChange, EditableDocumentChange, QDocumentChange> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDocumentChange);
    }
}

export class DefinitionTestService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DefinitionTest, EditableDefinitionTest, QDefinitionTest> {
    private _Problems?: CollectionServiceV4<ClientType, DefinitionProblem, QDefinitionProblem, EditableDefinitionProblem>;
    private _Properties?: CollectionServiceV4<ClientType, DefinitionProperty, QDefinitionProperty, EditableDefinitionProperty>;
    private _Navigations?: CollectionServiceV4<ClientType, DefinitionNavigation, QDefinitionNavigation, EditableDefinitionNavigation>;
    private _Rows?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDefinitionTest);
    }

    public Problems(): CollectionServiceV4<ClientType, DefinitionProblem, QDefinitionProblem, EditableDefinitionProblem> {
        if(!this._Problems) {
          const { client, path } = this.__base;
          this._Problems = new CollectionServiceV4(client, path, "Problems", qDefinitionProblem)
        }

        return this._Problems
    }

    public Properties(): CollectionServiceV4<ClientType, DefinitionProperty, QDefinitionProperty, EditableDefinitionProperty> {
        if(!this._Properties) {
          const { client, path } = this.__base;
          this._Properties = new CollectionServiceV4(client, path, "Properties", qDefinitionProperty)
        }

        return this._Properties
    }

    public Navigations(): CollectionServiceV4<ClientType, DefinitionNavigation, QDefinitionNavigation, EditableDefinitionNavigation> {
        if(!this._Navigations) {
          const { client, path } = this.__base;
          this._Navigations = new CollectionServiceV4(client, path, "Navigations", qDefinitionNavigation)
        }

        return this._Navigations
    }

    public Rows() {
        if(!this._Rows) {
          const { client, path } = this.__base;
          this._Rows = new CollectionServiceV4(client, path, "Rows", qStringCollection)
        }

        return this._Rows
    }
}

export class DefinitionPropertyService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DefinitionProperty, EditableDefinitionProperty, QDefinitionProperty> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDefinitionProperty);
    }
}

export class DefinitionNavigationService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, DefinitionNavigation, EditableDefinitionNavigation, QDefinitionNavigation> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDefinitionNavigation);
    }
}

export class PublishableTableService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, PublishableTable, EditablePublishableTable, QPublishableTable> {
    private _PublishedAs?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qPublishableTable);
    }

    public PublishedAs() {
        if(!this._PublishedAs) {
          const { client, path } = this.__base;
          this._PublishedAs = new CollectionServiceV4(client, path, "PublishedAs", qStringCollection)
        }

        return this._PublishedAs
    }
}

export class TablePreviewService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, TablePreview, EditableTablePreview, QTablePreview> {
    private _Columns?: CollectionServiceV4<ClientType, PreviewedColumn, QPreviewedColumn, EditablePreviewedColumn>;
    private _Rows?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qTablePreview);
    }

    public Columns(): CollectionServiceV4<ClientType, PreviewedColumn, QPreviewedColumn, EditablePreviewedColumn> {
        if(!this._Columns) {
          const { client, path } = this.__base;
          this._Columns = new CollectionServiceV4(client, path, "Columns", qPreviewedColumn)
        }

        return this._Columns
    }

    public Rows() {
        if(!this._Rows) {
          const { client, path } = this.__base;
          this._Rows = new CollectionServiceV4(client, path, "Rows", qStringCollection)
        }

        return this._Rows
    }
}

export class PreviewedColumnService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, PreviewedColumn, EditablePreviewedColumn, QPreviewedColumn> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qPreviewedColumn);
    }
}

export class DependentService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, Dependent, EditableDependent, QDependent> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qDependent);
    }
}

export class ImportedConfigurationService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, ImportedConfiguration, EditableImportedConfiguration, QImportedConfiguration> {
    private _Changes?: CollectionServiceV4<ClientType, DocumentChange, QDocumentChange, EditableDocumentChange>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qImportedConfiguration);
    }

    public Changes(): CollectionServiceV4<ClientType, DocumentChange, QDocumentChange, EditableDocumentChange> {
        if(!this._Changes) {
          const { client, path } = this.__base;
          this._Changes = new CollectionServiceV4(client, path, "Changes", qDocumentChange)
        }

        return this._Changes
    }
}

export class ClaimValueService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, ClaimValue, EditableClaimValue, QClaimValue> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qClaimValue);
    }
}

export class EffectivePermissionService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, EffectivePermission, EditableEffectivePermission, QEffectivePermission> {
    private _Readable?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Writable?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;
    private _Roles?: CollectionServiceV4<ClientType, StringCollection, QStringCollection>;

    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qEffectivePermission);
    }

    public Readable() {
        if(!this._Readable) {
          const { client, path } = this.__base;
          this._Readable = new CollectionServiceV4(client, path, "Readable", qStringCollection)
        }

        return this._Readable
    }

    public Writable() {
        if(!this._Writable) {
          const { client, path } = this.__base;
          this._Writable = new CollectionServiceV4(client, path, "Writable", qStringCollection)
        }

        return this._Writable
    }

    public Roles() {
        if(!this._Roles) {
          const { client, path } = this.__base;
          this._Roles = new CollectionServiceV4(client, path, "Roles", qStringCollection)
        }

        return this._Roles
    }
}

export class LimitStateService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, LimitState, EditableLimitState, QLimitState> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qLimitState);
    }
}

export class SecondFactorSecretService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, SecondFactorSecret, EditableSecondFactorSecret, QSecondFactorSecret> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qSecondFactorSecret);
    }
}

export class NewSecretService<ClientType extends ODataHttpClient> extends EntityTypeServiceV4<ClientType, NewSecret, EditableNewSecret, QNewSecret> {
    constructor(client: ClientType, basePath: string, name: string) {
        super(client, basePath, name, qNewSecret);
    }
}
