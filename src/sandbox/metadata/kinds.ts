/** One kind of metadata: where its files lie and how they end. */
export interface Kind {
  /** Its name in the Metadata API, which is the root element of its files. */
  type: string;
  /** Without `-meta.xml`, which source format adds. */
  suffix: string;
  folder: string;
  /** In metadata format a part of `objects/X.object`, under this tag; in source format a file of its own. */
  partOfObject?: string;
}

const kind = (type: string, suffix: string, folder: string): Kind => ({ type, suffix, folder });
const part = (type: string, suffix: string, tag: string): Kind => ({ type, suffix, folder: tag, partOfObject: tag });

/** The kinds this project ships or may come to ship (SDR's registry, `metadataRegistry.json`). */
export const KINDS: Kind[] = [
  kind('CustomObject', 'object', 'objects'),
  part('CustomField', 'field', 'fields'),
  part('ListView', 'listView', 'listViews'),
  part('CompactLayout', 'compactLayout', 'compactLayouts'),
  part('ValidationRule', 'validationRule', 'validationRules'),
  part('RecordType', 'recordType', 'recordTypes'),
  part('BusinessProcess', 'businessProcess', 'businessProcesses'),
  part('FieldSet', 'fieldSet', 'fieldSets'),
  part('WebLink', 'webLink', 'webLinks'),
  part('Index', 'index', 'indexes'),
  part('SharingReason', 'sharingReason', 'sharingReasons'),
  kind('CustomApplication', 'app', 'applications'),
  kind('CustomLabels', 'labels', 'labels'),
  kind('CustomMetadata', 'md', 'customMetadata'),
  kind('CustomNotificationType', 'notiftype', 'notificationtypes'),
  kind('CustomPermission', 'customPermission', 'customPermissions'),
  kind('CustomTab', 'tab', 'tabs'),
  kind('Dashboard', 'dashboard', 'dashboards'),
  kind('DashboardFolder', 'dashboardFolder', 'dashboards'),
  kind('EmailTemplate', 'email', 'email'),
  kind('ExternalClientApplication', 'eca', 'externalClientApps'),
  kind('ExtlClntAppGlobalOauthSettings', 'ecaGlblOauth', 'extlClntAppGlobalOauthSets'),
  kind('ExtlClntAppOauthConfigurablePolicies', 'ecaOauthPlcy', 'extlClntAppOauthPolicies'),
  kind('ExtlClntAppOauthSettings', 'ecaOauth', 'extlClntAppOauthSettings'),
  kind('FlexiPage', 'flexipage', 'flexipages'),
  kind('Flow', 'flow', 'flows'),
  kind('FlowDefinition', 'flowDefinition', 'flowDefinitions'),
  kind('GlobalValueSet', 'globalValueSet', 'globalValueSets'),
  kind('Group', 'group', 'groups'),
  kind('Layout', 'layout', 'layouts'),
  kind('LightningComponentBundle', 'js', 'lwc'),
  kind('MutingPermissionSet', 'mutingpermissionset', 'mutingpermissionsets'),
  kind('PathAssistant', 'pathAssistant', 'pathAssistants'),
  kind('PermissionSet', 'permissionset', 'permissionsets'),
  kind('PermissionSetGroup', 'permissionsetgroup', 'permissionsetgroups'),
  kind('PlatformEventChannel', 'platformEventChannel', 'platformEventChannels'),
  kind('PlatformEventChannelMember', 'platformEventChannelMember', 'platformEventChannelMembers'),
  kind('Profile', 'profile', 'profiles'),
  kind('Queue', 'queue', 'queues'),
  kind('QuickAction', 'quickAction', 'quickActions'),
  kind('Report', 'report', 'reports'),
  kind('ReportFolder', 'reportFolder', 'reports'),
  kind('ReportType', 'reportType', 'reportTypes'),
  kind('Settings', 'settings', 'settings'),
  kind('StandardValueSet', 'standardValueSet', 'standardValueSets'),
  kind('StaticResource', 'resource', 'staticresources'),
];
