export enum DataExchangeConfigurationVersionsAction {
    Created = "Created",
    Changed = "Changed",
    Activated = "Activated",
    Deactivated = "Deactivated",
    RolledBack = "RolledBack",
    Deleted = "Deleted"
}

export enum DocumentChangeKind {
    Added = "Added",
    Removed = "Removed",
    Changed = "Changed",
    Moved = "Moved"
}

export enum DependentKind {
    Configuration = "Configuration",
    Navigation = "Navigation",
    Permission = "Permission",
    ApiKey = "ApiKey",
    OAuthClient = "OAuthClient"
}

export enum DocumentFormat {
    Json = "Json",
    Yaml = "Yaml"
}

export enum ImportAction {
    Created = "Created",
    Changed = "Changed",
    Deleted = "Deleted"
}

export enum CallerKind {
    System = "System",
    User = "User",
    ApiKey = "ApiKey",
    Client = "Client",
    Outside = "Outside"
}

export interface ApiKeys {
    Name: string;
    ValidTo: string | null;
    OwnerName: string | null;
    Scopes: Array<string>;
    Addresses: Array<string>;
    RequestsPerMinute: number | null;
    LastUsedAt: string | null;
    CreatedAt: string;
    CreatedBy: string;
    Roles?: Array<Roles>;
    Owner?: Users | null;
}

export type ApiKeysId = string | {Name: string};

export interface EditableApiKeys extends Pick<ApiKeys, "Name" | "CreatedAt" | "CreatedBy">, Partial<Pick<ApiKeys, "ValidTo" | "OwnerName" | "Scopes" | "Addresses" | "RequestsPerMinute" | "LastUsedAt">> {
}

export interface ApiKeys_RotateParams {
    overlapMinutes?: number | null;
}

export interface AuditEntries {
    Id: number;
    At: string;
    RequestId: string;
    Caller: string;
    CallerKind: string;
    Address: string | null;
    Operation: string;
    EntitySet: string | null;
    Key: string | null;
    Rows: number;
    Changes: string;
}

export type AuditEntriesId = number | {Id: number};

export interface EditableAuditEntries extends Pick<AuditEntries, "Id" | "At" | "RequestId" | "Caller" | "CallerKind" | "Operation" | "Rows" | "Changes">, Partial<Pick<AuditEntries, "Address" | "EntitySet" | "Key">> {
}

export interface DataExchangeConfigurationVersions {
    Number: number;
    Alias: string;
    Action: DataExchangeConfigurationVersionsAction;
    PublishedAt: string;
    PublishedBy: string;
    Comment: string | null;
    Document: string | null;
    Configuration?: DataExchangeConfigurations | null;
}

export type DataExchangeConfigurationVersionsId = {Number: number,Alias: string};

export interface EditableDataExchangeConfigurationVersions extends Pick<DataExchangeConfigurationVersions, "Number" | "Alias" | "Action" | "PublishedAt" | "PublishedBy">, Partial<Pick<DataExchangeConfigurationVersions, "Comment" | "Document">> {
}

export interface DataExchangeConfigurationVersions_DiffParams {
    since?: number | null;
}

export interface DataExchangeConfigurations {
    alias: string;
    entitySet: string | null;
    table: string;
    isActive: boolean;
    isSingleton: boolean;
    key: Array<string>;
    allow: DataExchangeAllow;
    description: string | null;
    fields: Array<DataExchangeField>;
    alternateKeys: Array<DataExchangeAlternateKey>;
    concurrency: string | null;
    requireETag: boolean;
    search: Array<string>;
    filter: string | null;
    trackChanges: boolean;
    rules: Array<DataExchangeRule>;
    relations: Array<DataExchangeRelation>;
    derived: Array<DataExchangeDerived>;
    media: DataExchangeMedia | null;
    streams: Array<DataExchangeStream>;
    version: number;
    modifiedAt: string;
    modifiedBy: string;
    Versions?: Array<DataExchangeConfigurationVersions>;
}

export type DataExchangeConfigurationsId = string | {alias: string};

export interface EditableDataExchangeConfigurations extends Pick<DataExchangeConfigurations, "alias" | "table" | "isActive" | "isSingleton" | "requireETag" | "trackChanges" | "version" | "modifiedAt" | "modifiedBy">, Partial<Pick<DataExchangeConfigurations, "entitySet" | "key" | "description" | "concurrency" | "search" | "filter">> {
    allow: EditableDataExchangeAllow;
    fields: Array<EditableDataExchangeField>;
    alternateKeys: Array<EditableDataExchangeAlternateKey>;
    rules: Array<EditableDataExchangeRule>;
    relations: Array<EditableDataExchangeRelation>;
    derived: Array<EditableDataExchangeDerived>;
    media?: EditableDataExchangeMedia | null;
    streams: Array<EditableDataExchangeStream>;
}

export interface DataExchangeConfigurations_DiffParams {
    from: number;
    to?: number | null;
}

export interface DataExchangeConfigurations_RollBackParams {
    version: number;
}

export interface DataExchangeConfigurations_ExportDefinitionsParams {
    format: DocumentFormat;
}

export interface DataExchangeConfigurations_PreviewTableParams {
    table: string;
    rows: number;
}

export interface DataExchangeConfigurations_SuggestDefinitionParams {
    table: string;
}

export interface DataExchangeConfigurations_ImportDefinitionsParams {
    document: string;
    replace: boolean;
}

export interface DataExchangeConfigurations_TestDefinitionParams {
    document: string;
    rows: number;
}

export interface Jobs {
    Id: string;
    Kind: string;
    Subject: string | null;
    State: string;
    Progress: number | null;
    StartedAt: string | null;
    FinishedAt: string | null;
    Caller: string;
    CallerKind: string;
    Status: number | null;
    Result: string | null;
}

export type JobsId = string | {Id: string};

export interface EditableJobs extends Pick<Jobs, "Id" | "Kind" | "State" | "Caller" | "CallerKind">, Partial<Pick<Jobs, "Subject" | "Progress" | "StartedAt" | "FinishedAt" | "Status" | "Result">> {
}

export interface Me {
    Name: string;
    Kind: string;
    UserName: string | null;
    HasAllRights: boolean;
    HasSecondFactor: boolean | null;
    Roles: Array<string>;
    Claims: Array<MeClaims>;
    User?: Users | null;
}

export type MeId = string | {Name: string};

export interface EditableMe extends Pick<Me, "Name" | "Kind" | "HasAllRights">, Partial<Pick<Me, "UserName" | "HasSecondFactor" | "Roles">> {
    Claims?: Array<EditableMeClaims>;
}

export interface OAuthClients {
    Id: string;
    Description: string | null;
    Scopes: Array<string>;
    LockedAt: string | null;
    CreatedAt: string;
    CreatedBy: string;
    Roles?: Array<Roles>;
}

export type OAuthClientsId = string | {Id: string};

export interface EditableOAuthClients extends Pick<OAuthClients, "Id" | "CreatedAt" | "CreatedBy">, Partial<Pick<OAuthClients, "Description" | "Scopes" | "LockedAt">> {
}

export interface OAuthClients_RotateSecretParams {
    overlapMinutes?: number | null;
}

export interface Permissions {
    RoleName: string;
    EntitySet: string;
    CanRead: boolean;
    CanCreate: boolean;
    CanUpdate: boolean;
    CanDelete: boolean;
    CanExecute: boolean;
    Readable: Array<string>;
    Writable: Array<string>;
    RowFilter: string | null;
    Role?: Roles;
}

export type PermissionsId = {RoleName: string,EntitySet: string};

export interface EditablePermissions extends Pick<Permissions, "RoleName" | "EntitySet" | "CanRead" | "CanCreate" | "CanUpdate" | "CanDelete" | "CanExecute">, Partial<Pick<Permissions, "Readable" | "Writable" | "RowFilter">> {
}

export interface RequestStatistics {
    Id: string;
    Period: string;
    PeriodStart: string;
    EntitySet: string | null;
    Caller: string | null;
    CallerKind: string | null;
    Operation: string;
    Requests: number;
    ClientErrors: number;
    ServerErrors: number;
    RowsRead: number;
    RowsWritten: number;
    Microseconds: number;
    LongestMicroseconds: number;
    UpTo1Ms: number;
    UpTo2Ms: number;
    UpTo5Ms: number;
    UpTo10Ms: number;
    UpTo20Ms: number;
    UpTo50Ms: number;
    UpTo100Ms: number;
    UpTo200Ms: number;
    UpTo500Ms: number;
    UpTo1000Ms: number;
    UpTo2000Ms: number;
    UpTo5000Ms: number;
    UpTo10000Ms: number;
    Over10000Ms: number;
}

export type RequestStatisticsId = string | {Id: string};

export interface EditableRequestStatistics extends Pick<RequestStatistics, "Id" | "Period" | "PeriodStart" | "Operation" | "Requests" | "ClientErrors" | "ServerErrors" | "RowsRead" | "RowsWritten" | "Microseconds" | "LongestMicroseconds" | "UpTo1Ms" | "UpTo2Ms" | "UpTo5Ms" | "UpTo10Ms" | "UpTo20Ms" | "UpTo50Ms" | "UpTo100Ms" | "UpTo200Ms" | "UpTo500Ms" | "UpTo1000Ms" | "UpTo2000Ms" | "UpTo5000Ms" | "UpTo10000Ms" | "Over10000Ms">, Partial<Pick<RequestStatistics, "EntitySet" | "Caller" | "CallerKind">> {
}

export interface Roles {
    Name: string;
    Description: string | null;
    HasAllRights: boolean;
    CreatedAt: string;
    ChangedAt: string;
    Permissions?: Array<Permissions>;
    Users?: Array<Users>;
    ApiKeys?: Array<ApiKeys>;
    OAuthClients?: Array<OAuthClients>;
}

export type RolesId = string | {Name: string};

export interface EditableRoles extends Pick<Roles, "Name" | "HasAllRights" | "CreatedAt" | "ChangedAt">, Partial<Pick<Roles, "Description">> {
}

export interface Settings {
    Name: string;
    Value: string | null;
    Default: string;
    Source: string;
    Unit: string | null;
    Least: number | null;
    Most: number | null;
    Choices: string | null;
    NeedsRestart: boolean;
    Description: string;
}

export type SettingsId = string | {Name: string};

export interface EditableSettings extends Pick<Settings, "Name" | "Default" | "Source" | "NeedsRestart" | "Description">, Partial<Pick<Settings, "Value" | "Unit" | "Least" | "Most" | "Choices">> {
}

export interface UserClaims {
    UserName: string;
    Claim: string;
    Value: string;
    UserNameNavigation?: Users;
}

export type UserClaimsId = {UserName: string,Claim: string};

export interface EditableUserClaims extends Pick<UserClaims, "UserName" | "Claim" | "Value"> {
}

export interface Users {
    Name: string;
    DisplayName: string | null;
    Email: string | null;
    MustChangePassword: boolean;
    LockedAt: string | null;
    LockedUntil: string | null;
    TwoFactorSince: string | null;
    LastSignInAt: string | null;
    CreatedAt: string;
    ChangedAt: string;
    Roles?: Array<Roles>;
    ApiKeys?: Array<ApiKeys>;
    Claims?: Array<UserClaims>;
}

export type UsersId = string | {Name: string};

export interface EditableUsers extends Pick<Users, "Name" | "MustChangePassword" | "CreatedAt" | "ChangedAt">, Partial<Pick<Users, "DisplayName" | "Email" | "LockedAt" | "LockedUntil" | "TwoFactorSince" | "LastSignInAt">> {
}

export interface Users_ResetPasswordParams {
    password: string;
    mustChange: boolean;
}

export interface Users_SetClaimsParams {
    claims: Array<ClaimValue>;
}

export interface Users_SetRolesParams {
    roles: Array<string>;
}

export interface DataExchangeAllow {
    create: boolean;
    update: boolean;
    delete: boolean;
}

export interface EditableDataExchangeAllow extends Pick<DataExchangeAllow, "create" | "update" | "delete"> {
}

export interface DataExchangeField {
    column: string;
    name: string | null;
    alias: string | null;
    type: string | null;
    isCreatable: boolean | null;
    isEditable: boolean | null;
    description: string | null;
    example: string | null;
    members: Array<DataExchangeEnumMember>;
    isFlags: boolean;
    items: Array<DataExchangeItem>;
    precision: number | null;
    scale: number | null;
    validation: DataExchangeValidation | null;
    transform: Array<DataExchangeTransform>;
}

export interface EditableDataExchangeField extends Pick<DataExchangeField, "column" | "isFlags">, Partial<Pick<DataExchangeField, "name" | "alias" | "type" | "isCreatable" | "isEditable" | "description" | "example" | "precision" | "scale">> {
    members: Array<EditableDataExchangeEnumMember>;
    items: Array<EditableDataExchangeItem>;
    validation?: EditableDataExchangeValidation | null;
    transform: Array<EditableDataExchangeTransform>;
}

export interface DataExchangeEnumMember {
    name: string;
    value: string | null;
}

export interface EditableDataExchangeEnumMember extends Pick<DataExchangeEnumMember, "name">, Partial<Pick<DataExchangeEnumMember, "value">> {
}

export interface DataExchangeItem {
    name: string;
    type: string;
}

export interface EditableDataExchangeItem extends Pick<DataExchangeItem, "name" | "type"> {
}

export interface DataExchangeValidation {
    isRequired: boolean | null;
    min: number | null;
    max: number | null;
    minLength: number | null;
    maxLength: number | null;
    pattern: string | null;
    enum: Array<string>;
    format: string | null;
    precision: number | null;
    scale: number | null;
    references: string | null;
}

export interface EditableDataExchangeValidation extends Pick<DataExchangeValidation, "enum">, Partial<Pick<DataExchangeValidation, "isRequired" | "min" | "max" | "minLength" | "maxLength" | "pattern" | "format" | "precision" | "scale" | "references">> {
}

export interface DataExchangeTransform {
    step: string | null;
    default: string | null;
    constant: string | null;
    lookup: DataExchangeLookup | null;
    compute: string | null;
}

export interface EditableDataExchangeTransform extends Partial<Pick<DataExchangeTransform, "step" | "default" | "constant" | "compute">> {
    lookup?: EditableDataExchangeLookup | null;
}

export interface DataExchangeLookup {
    set: string;
    by: string;
}

export interface EditableDataExchangeLookup extends Pick<DataExchangeLookup, "set" | "by"> {
}

export interface DataExchangeAlternateKey {
    columns: Array<string>;
}

export interface EditableDataExchangeAlternateKey extends Pick<DataExchangeAlternateKey, "columns"> {
}

export interface DataExchangeRule {
    expression: string;
    message: string;
}

export interface EditableDataExchangeRule extends Pick<DataExchangeRule, "expression" | "message"> {
}

export interface DataExchangeRelation {
    name: string;
    alias: string | null;
    target: string;
    multiplicity: string | null;
    isEditable: boolean;
    on: Array<DataExchangeColumnPair>;
    through: DataExchangeThrough | null;
}

export interface EditableDataExchangeRelation extends Pick<DataExchangeRelation, "name" | "target" | "isEditable">, Partial<Pick<DataExchangeRelation, "alias" | "multiplicity">> {
    on: Array<EditableDataExchangeColumnPair>;
    through?: EditableDataExchangeThrough | null;
}

export interface DataExchangeColumnPair {
    column: string;
    targetColumn: string;
}

export interface EditableDataExchangeColumnPair extends Pick<DataExchangeColumnPair, "column" | "targetColumn"> {
}

export interface DataExchangeThrough {
    table: string;
    on: Array<DataExchangeColumnPair>;
    to: Array<DataExchangeColumnPair>;
}

export interface EditableDataExchangeThrough extends Pick<DataExchangeThrough, "table"> {
    on: Array<EditableDataExchangeColumnPair>;
    to: Array<EditableDataExchangeColumnPair>;
}

export interface DataExchangeDerived {
    name: string;
    column: string;
    value: string;
    fields: Array<DataExchangeField>;
    relations: Array<DataExchangeRelation>;
}

export interface EditableDataExchangeDerived extends Pick<DataExchangeDerived, "name" | "column" | "value"> {
    fields: Array<EditableDataExchangeField>;
    relations: Array<EditableDataExchangeRelation>;
}

export interface DataExchangeMedia {
    column: string;
    contentType: string | null;
    contentTypeColumn: string | null;
}

export interface EditableDataExchangeMedia extends Pick<DataExchangeMedia, "column">, Partial<Pick<DataExchangeMedia, "contentType" | "contentTypeColumn">> {
}

export interface DataExchangeStream {
    column: string;
    name: string | null;
    contentType: string | null;
    contentTypeColumn: string | null;
    isEditable: boolean | null;
    description: string | null;
}

export interface EditableDataExchangeStream extends Pick<DataExchangeStream, "column">, Partial<Pick<DataExchangeStream, "name" | "contentType" | "contentTypeColumn" | "isEditable" | "description">> {
}

export interface MeClaims {
    Claim: string | null;
    Value: string | null;
}

export interface EditableMeClaims extends Partial<Pick<MeClaims, "Claim" | "Value">> {
}

export interface DefinitionProblem {
    Alias: string;
    Path: string;
    Message: string;
}

export interface EditableDefinitionProblem extends Pick<DefinitionProblem, "Alias" | "Path" | "Message"> {
}

export interface DocumentChange {
    Path: string;
    Kind: DocumentChangeKind;
    Item: string | null;
    Before: string | null;
    After: string | null;
}

export interface EditableDocumentChange extends Pick<DocumentChange, "Path" | "Kind">, Partial<Pick<DocumentChange, "Item" | "Before" | "After">> {
}

export interface DefinitionTest {
    EntitySet: string | null;
    Problems: Array<DefinitionProblem>;
    Properties: Array<DefinitionProperty>;
    Navigations: Array<DefinitionNavigation>;
    Rows: Array<string>;
}

export interface EditableDefinitionTest extends Pick<DefinitionTest, "Rows">, Partial<Pick<DefinitionTest, "EntitySet">> {
    Problems: Array<EditableDefinitionProblem>;
    Properties: Array<EditableDefinitionProperty>;
    Navigations: Array<EditableDefinitionNavigation>;
}

export interface DefinitionProperty {
    Name: string;
    Type: string;
    Column: string;
    IsNullable: boolean;
    IsKey: boolean;
}

export interface EditableDefinitionProperty extends Pick<DefinitionProperty, "Name" | "Type" | "Column" | "IsNullable" | "IsKey"> {
}

export interface DefinitionNavigation {
    Name: string;
    Target: string;
    IsCollection: boolean;
}

export interface EditableDefinitionNavigation extends Pick<DefinitionNavigation, "Name" | "Target" | "IsCollection"> {
}

export interface PublishableTable {
    Name: string;
    IsView: boolean;
    Columns: number;
    EstimatedRows: number | null;
    Description: string | null;
    PublishedAs: Array<string>;
}

export interface EditablePublishableTable extends Pick<PublishableTable, "Name" | "IsView" | "Columns" | "PublishedAs">, Partial<Pick<PublishableTable, "EstimatedRows" | "Description">> {
}

export interface TablePreview {
    Columns: Array<PreviewedColumn>;
    Rows: Array<string>;
}

export interface EditableTablePreview extends Pick<TablePreview, "Rows"> {
    Columns: Array<EditablePreviewedColumn>;
}

export interface PreviewedColumn {
    Column: string;
    Name: string;
    Type: string;
    IsNullable: boolean;
    IsKey: boolean;
    Description: string | null;
}

export interface EditablePreviewedColumn extends Pick<PreviewedColumn, "Column" | "Name" | "Type" | "IsNullable" | "IsKey">, Partial<Pick<PreviewedColumn, "Description">> {
}

export interface Dependent {
    Kind: DependentKind;
    Name: string;
    Path: string;
    Message: string;
    PreventsDeactivation: boolean;
    PreventsDelete: boolean;
}

export interface EditableDependent extends Pick<Dependent, "Kind" | "Name" | "Path" | "Message" | "PreventsDeactivation" | "PreventsDelete"> {
}

export interface ImportedConfiguration {
    Alias: string;
    Action: ImportAction;
    Changes: Array<DocumentChange>;
}

export interface EditableImportedConfiguration extends Pick<ImportedConfiguration, "Alias" | "Action"> {
    Changes: Array<EditableDocumentChange>;
}

export interface ClaimValue {
    Claim: string;
    Value: string;
}

export interface EditableClaimValue extends Pick<ClaimValue, "Claim" | "Value"> {
}

export interface EffectivePermission {
    EntitySet: string;
    CanRead: boolean;
    CanCreate: boolean;
    CanUpdate: boolean;
    CanDelete: boolean;
    CanExecute: boolean;
    Readable: Array<string>;
    Writable: Array<string>;
    RowFilter: string | null;
    Roles: Array<string>;
}

export interface EditableEffectivePermission extends Pick<EffectivePermission, "EntitySet" | "CanRead" | "CanCreate" | "CanUpdate" | "CanDelete" | "CanExecute" | "Readable" | "Writable" | "Roles">, Partial<Pick<EffectivePermission, "RowFilter">> {
}

export interface LimitState {
    Name: string;
    Kind: CallerKind;
    RequestsPerMinute: number | null;
    RequestsLeft: number | null;
    RunningRequests: number;
    ConcurrentRequests: number | null;
    RefusedRequests: number;
}

export interface EditableLimitState extends Pick<LimitState, "Name" | "Kind" | "RunningRequests" | "RefusedRequests">, Partial<Pick<LimitState, "RequestsPerMinute" | "RequestsLeft" | "ConcurrentRequests">> {
}

export interface SecondFactorSecret {
    Secret: string;
    Address: string;
}

export interface EditableSecondFactorSecret extends Pick<SecondFactorSecret, "Secret" | "Address"> {
}

export interface NewSecret {
    Name: string;
    Secret: string;
}

export interface EditableNewSecret extends Pick<NewSecret, "Name" | "Secret"> {
}

export interface ChangePasswordParams {
    currentPassword: string;
    newPassword: string;
    code?: string | null;
}

export interface ConfirmSecondFactorParams {
    code: string;
}

export interface CreateApiKeyParams {
    name: string;
    owner?: string | null;
    roles: Array<string>;
    scopes: Array<string>;
    addresses: Array<string>;
    requestsPerMinute?: number | null;
    validTo?: string | null;
}

export interface CreateOAuthClientParams {
    id: string;
    roles: Array<string>;
    scopes: Array<string>;
    description?: string | null;
}

export interface EndSecondFactorParams {
    code: string;
}
