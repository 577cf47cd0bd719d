import type { MetadataFile } from '../../../src/sandbox/metadata/component.ts';
import type { Service } from '../../../src/sandbox/metadata/rule.ts';

/** A small package with one component of every kind there are rules for, and nothing wrong with it. */

const MD = 'http://soap.sforce.com/2006/04/metadata';

/** A file whose elements stand one a line, so that a line names what is wrong. */
function xml(path: string, type: string, lines: string, attributes = ''): MetadataFile {
  const body = lines
    .trim()
    .split('\n')
    .map((line) => `    ${line.trim()}`)
    .join('\n');
  return {
    path,
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${MD}"${attributes}>\n${body}\n</${type}>\n`,
  };
}

const field = (object: string, name: string, type: string, more: string) =>
  xml(
    `objects/${object}/fields/${name}.field-meta.xml`,
    'CustomField',
    `<fullName>${name}</fullName>
    <description>What it means.</description>
    ${object.endsWith('__e') ? '' : '<inlineHelpText>What to know.</inlineHelpText>\n'}<label>Label</label>
    ${more.trim()}
    <type>${type}</type>`.replace(/^\s*\n/gm, ''),
  );

const value = (name: string) =>
  `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`;

const OBJECTS = [
  xml(
    'objects/NPS_Answer__c/NPS_Answer__c.object-meta.xml',
    'CustomObject',
    `<compactLayoutAssignment>Short</compactLayoutAssignment>
    <deploymentStatus>Deployed</deploymentStatus>
    <description>An answer.</description>
    <enableActivities>true</enableActivities>
    <enableHistory>false</enableHistory>
    <label>Answer</label>
    <nameField><displayFormat>A-{0000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>
    <pluralLabel>Answers</pluralLabel>
    <searchLayouts><searchResultsAdditionalFields>Score__c</searchResultsAdditionalFields></searchLayouts>
    <sharingModel>ControlledByParent</sharingModel>`,
  ),
  field(
    'NPS_Answer__c',
    'Account__c',
    'MasterDetail',
    '<referenceTo>Account</referenceTo>\n<relationshipName>NPS_Answers</relationshipName>\n<relationshipOrder>0</relationshipOrder>',
  ),
  field('NPS_Answer__c', 'Score__c', 'Number', '<precision>2</precision>\n<scale>0</scale>'),
  field(
    'NPS_Answer__c',
    'Key__c',
    'Text',
    '<caseSensitive>false</caseSensitive>\n<defaultValue>"none"</defaultValue>\n<externalId>true</externalId>\n<length>20</length>\n<unique>true</unique>',
  ),
  field(
    'NPS_Answer__c',
    'Kind__c',
    'Picklist',
    `<valueSet><restricted>true</restricted>\n<valueSetDefinition><sorted>false</sorted>\n${value('Good')}\n${value('Bad')}\n</valueSetDefinition></valueSet>`,
  ),
  field(
    'NPS_Answer__c',
    'Twice__c',
    'Number',
    '<formula>IF(ISBLANK(Score__c), 0, Score__c * 2)</formula>\n<precision>18</precision>\n<scale>0</scale>',
  ),
  field(
    'NPS_Answer__c',
    'User__c',
    'Lookup',
    '<referenceTo>User</referenceTo>\n<relationshipName>NPS_Answers</relationshipName>',
  ),
  xml(
    'objects/NPS_Answer__c/validationRules/In_Range.validationRule-meta.xml',
    'ValidationRule',
    `<fullName>In_Range</fullName>
    <active>true</active>
    <description>Scores end at ten.</description>
    <errorConditionFormula>Score__c &gt; 10 &amp;&amp; NOT(ISBLANK(Account__r.Name))</errorConditionFormula>
    <errorDisplayField>Score__c</errorDisplayField>
    <errorMessage>Ten is the most.</errorMessage>`,
  ),
  xml(
    'objects/NPS_Answer__c/listViews/Bad.listView-meta.xml',
    'ListView',
    `<fullName>Bad</fullName>
    <booleanFilter>1</booleanFilter>
    <columns>NAME</columns>
    <columns>Score__c</columns>
    <filterScope>Everything</filterScope>
    <filters><field>Kind__c</field><operation>equals</operation><value>Bad</value></filters>
    <label>Bad</label>`,
  ),
  xml(
    'objects/NPS_Answer__c/compactLayouts/Short.compactLayout-meta.xml',
    'CompactLayout',
    '<fullName>Short</fullName>\n<fields>Score__c</fields>\n<label>Short</label>',
  ),
  xml(
    'layouts/NPS_Answer__c-Answer Layout.layout-meta.xml',
    'Layout',
    `<layoutSections><label>Answer</label>
    <layoutColumns>
    <layoutItems><behavior>Required</behavior><field>Account__c</field></layoutItems>
    <layoutItems><behavior>Edit</behavior><field>Score__c</field></layoutItems>
    <layoutItems><behavior>Readonly</behavior><field>Twice__c</field></layoutItems>
    </layoutColumns>
    <style>OneColumn</style></layoutSections>
    <relatedLists><relatedList>RelatedActivityList</relatedList></relatedLists>`,
  ),
  xml(
    'tabs/NPS_Answer__c.tab-meta.xml',
    'CustomTab',
    '<customObject>true</customObject>\n<motif>Custom11: Star</motif>',
  ),
  xml(
    'applications/NPS.app-meta.xml',
    'CustomApplication',
    `<actionOverrides><actionName>View</actionName>
    <content>NPS_Answer</content>
    <formFactor>Large</formFactor><skipRecordTypeSelect>false</skipRecordTypeSelect><type>Flexipage</type>
    <pageOrSobjectType>NPS_Answer__c</pageOrSobjectType></actionOverrides>
    <formFactors>Large</formFactors>
    <isNavAutoTempTabsDisabled>false</isNavAutoTempTabsDisabled>
    <isNavPersonalizationDisabled>false</isNavPersonalizationDisabled>
    <isNavTabPersistenceDisabled>false</isNavTabPersistenceDisabled>
    <label>NPS</label>
    <tabs>NPS_Answer__c</tabs>
    <tabs>standard-Account</tabs>`,
  ),
  xml(
    'objects/NPS_Moment__e/NPS_Moment__e.object-meta.xml',
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus>\n<description>A moment.</description>\n<eventType>HighVolume</eventType>\n<label>Moment</label>\n<pluralLabel>Moments</pluralLabel>\n<publishBehavior>PublishAfterCommit</publishBehavior>',
  ),
  field('NPS_Moment__e', 'Account_Id__c', 'Text', '<length>18</length>\n<required>true</required>'),
  xml(
    'objects/NPS_Rule__mdt/NPS_Rule__mdt.object-meta.xml',
    'CustomObject',
    '<description>A rule.</description>\n<label>Rule</label>\n<pluralLabel>Rules</pluralLabel>\n<visibility>Public</visibility>',
  ),
  field(
    'NPS_Rule__mdt',
    'Days__c',
    'Number',
    '<fieldManageability>SubscriberControlled</fieldManageability>\n<precision>3</precision>\n<scale>0</scale>',
  ),
  xml(
    'customMetadata/NPS_Rule.Default.md-meta.xml',
    'CustomMetadata',
    '<label>Default</label>\n<values><field>Days__c</field>\n<value xsi:type="xsd:double">90</value></values>',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
  ),
  field('Account', 'NPS_Score__c', 'Number', '<precision>2</precision>\n<scale>0</scale>'),
];

const may = (field: string, editable: boolean) =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;
const mayAll = (object: string, writes: boolean, all = true) =>
  `<objectPermissions><allowCreate>${writes}</allowCreate><allowDelete>${writes}</allowDelete><allowEdit>${writes}</allowEdit><allowRead>true</allowRead><modifyAllRecords>${writes}</modifyAllRecords><object>${object}</object><viewAllRecords>${all}</viewAllRecords></objectPermissions>`;
const set = (name: string, lines: string[]) =>
  xml(`permissionsets/${name}.permissionset-meta.xml`, 'PermissionSet', lines.join('\n'));

const PERMISSIONS = [
  set('NPS_Service', [
    '<description>The service.</description>',
    may('NPS_Answer__c.Key__c', true),
    may('NPS_Answer__c.Kind__c', true),
    may('NPS_Answer__c.Score__c', true),
    '<label>Service</label>',
    mayAll('Account', false),
    mayAll('NPS_Answer__c', true),
    '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
  ]),
  set('NPS_People', [
    '<customMetadataTypeAccesses><enabled>true</enabled><name>NPS_Rule__mdt</name></customMetadataTypeAccesses>',
    '<description>Everybody else.</description>',
    may('Account.NPS_Score__c', false),
    may('NPS_Answer__c.Twice__c', false),
    may('NPS_Answer__c.User__c', true),
    '<label>People</label>',
    mayAll('Account', false),
    mayAll('NPS_Answer__c', false),
    mayAll('NPS_Moment__e', false, false),
    '<tabSettings><tab>NPS_Answer__c</tab><visibility>Visible</visibility></tabSettings>',
  ]),
];

const REPORTING = [
  xml(
    'reportTypes/NPS_Answers.reportType-meta.xml',
    'ReportType',
    `<baseObject>Account</baseObject>
    <category>accounts</category>
    <deployed>true</deployed>
    <description>Accounts with their answers.</description>
    <join><outerJoin>false</outerJoin>
    <relationship>NPS_Answers__r</relationship></join>
    <label>Answers</label>
    <sections><columns><checkedByDefault>true</checkedByDefault>
    <field>Score__c</field>
    <table>Account.NPS_Answers__r</table></columns>
    <columns><checkedByDefault>false</checkedByDefault>
    <field>NPS_Score__c</field>
    <table>Account</table></columns>
    <masterLabel>Answer</masterLabel></sections>`,
  ),
  xml('reports/NPS.reportFolder-meta.xml', 'ReportFolder', '<name>NPS</name>'),
  xml(
    'reports/NPS/Scores.report-meta.xml',
    'Report',
    `<columns>
    <field>Account.NPS_Answers__r$Score__c</field></columns>
    <description>Scores of accounts.</description>
    <filter><booleanFilter>1</booleanFilter>
    <criteriaItems><column>Account$NPS_Score__c</column><operator>greaterThan</operator><value>5</value></criteriaItems></filter>
    <format>Tabular</format>
    <name>Scores</name>
    <reportType>NPS_Answers__c</reportType>`,
  ),
  xml('dashboards/NPS.dashboardFolder-meta.xml', 'DashboardFolder', '<name>NPS</name>'),
  xml(
    'dashboards/NPS/Board.dashboard-meta.xml',
    'Dashboard',
    `<backgroundEndColor>#FFFFFF</backgroundEndColor>
    <backgroundFadeDirection>Diagonal</backgroundFadeDirection>
    <backgroundStartColor>#FFFFFF</backgroundStartColor>
    <dashboardGridLayout><dashboardGridComponents><colSpan>3</colSpan><columnIndex>0</columnIndex><dashboardComponent><componentType>Table</componentType>
    <report>NPS/Scores</report>
    </dashboardComponent><rowIndex>0</rowIndex><rowSpan>4</rowSpan></dashboardGridComponents><numberOfColumns>12</numberOfColumns><rowHeight>36</rowHeight></dashboardGridLayout>
    <dashboardType>SpecifiedUser</dashboardType>
    <description>The board.</description>
    <textColor>#000000</textColor>
    <title>Board</title>
    <titleColor>#000000</titleColor>
    <titleSize>12</titleSize>`,
  ),
];

const PAGES = [
  xml(
    'flexipages/NPS_Answer.flexipage-meta.xml',
    'FlexiPage',
    `<flexiPageRegions><itemInstances><fieldInstance>
    <fieldItem>Record.Score__c</fieldItem>
    <identifier>score</identifier></fieldInstance></itemInstances>
    <itemInstances><componentInstance><componentName>npsScore</componentName>
    <identifier>scoreCard</identifier>
    <visibilityRule><criteria><leftValue>{!Record.Kind__c}</leftValue>
    <operator>EQUAL</operator><rightValue>Bad</rightValue></criteria></visibilityRule></componentInstance></itemInstances>
    <name>tabContent</name><type>Facet</type></flexiPageRegions>
    <flexiPageRegions><itemInstances><componentInstance>
    <componentInstanceProperties><name>body</name>
    <value>tabContent</value></componentInstanceProperties>
    <componentName>flexipage:tab</componentName>
    <identifier>tab</identifier></componentInstance></itemInstances>
    <name>main</name><type>Region</type></flexiPageRegions>
    <masterLabel>Answer</masterLabel>
    <sobjectType>NPS_Answer__c</sobjectType>
    <template><name>flexipage:recordHomeTemplateDesktop</name></template>
    <type>RecordPage</type>`,
  ),
  xml(
    'lwc/npsScore/npsScore.js-meta.xml',
    'LightningComponentBundle',
    `<apiVersion>68.0</apiVersion>
    <isExposed>true</isExposed>
    <targets>
    <target>lightning__RecordPage</target>
    </targets>
    <targetConfigs><targetConfig targets="lightning__RecordPage"><objects>
    <object>NPS_Answer__c</object>
    </objects></targetConfig></targetConfigs>`,
  ),
  {
    path: 'lwc/npsScore/npsScore.js',
    text: "import { LightningElement } from 'lwc';\nimport SCORE from '@salesforce/schema/NPS_Answer__c.Score__c';\nconst TWICE = gql`query twice {\n uiapi { query { NPS_Answer__c { edges {\n  node { Twice__c { value } } } } } } }`;\nexport default class NpsScore extends LightningElement { field = SCORE; }\n",
  },
  { path: 'lwc/npsScore/npsScore.html', text: '<template>\n  <p>Score</p>\n</template>\n' },
];

const at = '<locationX>0</locationX><locationY>0</locationY>';
export const FLOW = xml(
  'flows/NPS_Publish.flow-meta.xml',
  'Flow',
  `<actionCalls><name>Tell</name><label>Tell</label>${at}
  <actionName>customNotificationAction</actionName><actionType>customNotificationAction</actionType>
  <faultConnector><targetReference>Note</targetReference></faultConnector>
  <flowTransactionModel>CurrentTransaction</flowTransactionModel>
  <inputParameters><name>customNotifTypeId</name><value><elementReference>Find_Type.Id</elementReference></value></inputParameters>
  <inputParameters><name>recipientIds</name><value><elementReference>Recipients</elementReference></value></inputParameters>
  <inputParameters><name>title</name><value><stringValue>An answer</stringValue></value></inputParameters>
  <inputParameters><name>body</name><value><stringValue>Look at it.</stringValue></value></inputParameters>
  <inputParameters><name>targetId</name><value><elementReference>$Record.Id</elementReference></value></inputParameters>
  <nameSegment>customNotificationAction</nameSegment></actionCalls>
  <apiVersion>68.0</apiVersion>
  <assignments><name>Note</name><label>Note</label>${at}
  <assignmentItems><assignToReference>Failure</assignToReference><operator>Assign</operator><value><elementReference>$Flow.FaultMessage</elementReference></value></assignmentItems></assignments>
  <decisions><name>Is_Bad</name><label>Is it bad?</label>${at}
  <defaultConnectorLabel>No</defaultConnectorLabel>
  <rules><name>Bad</name><conditionLogic>and</conditionLogic>
  <conditions><leftValueReference>$Record.Kind__c</leftValueReference><operator>EqualTo</operator><rightValue><stringValue>Bad</stringValue></rightValue></conditions>
  <connector><targetReference>Find_Others</targetReference></connector>
  <label>Bad</label></rules></decisions>
  <description>Publishes a moment for a bad answer.</description>
  <formulas><name>Account_Key</name><dataType>String</dataType>
  <expression>IF(ISBLANK({!$Record.Account__c}), "", {!$Record.Account__r.Name})</expression></formulas>
  <interviewLabel>Publish {!$Flow.CurrentDateTime}</interviewLabel>
  <label>NPS Publish</label>
  <processType>AutoLaunchedFlow</processType>
  <recordCreates><name>Publish</name><label>Publish</label>${at}
  <connector><targetReference>Find_Type</targetReference></connector>
  <faultConnector><targetReference>Note</targetReference></faultConnector>
  <inputAssignments><field>Account_Id__c</field>
  <value><elementReference>Account_Key</elementReference></value></inputAssignments>
  <object>NPS_Moment__e</object></recordCreates>
  <recordLookups><name>Find_Others</name><label>Find others</label>${at}
  <assignNullValuesIfNoRecordsFound>false</assignNullValuesIfNoRecordsFound>
  <connector><targetReference>Publish</targetReference></connector>
  <faultConnector><targetReference>Note</targetReference></faultConnector>
  <filterLogic>and</filterLogic>
  <filters><field>Kind__c</field>
  <operator>EqualTo</operator>
  <value><stringValue>Bad</stringValue></value></filters>
  <getFirstRecordOnly>true</getFirstRecordOnly>
  <object>NPS_Answer__c</object>
  <outputReference>Other</outputReference>
  <queriedFields>Id</queriedFields></recordLookups>
  <recordLookups><name>Find_Type</name><label>Find type</label>${at}
  <assignNullValuesIfNoRecordsFound>false</assignNullValuesIfNoRecordsFound>
  <connector><targetReference>Tell</targetReference></connector>
  <faultConnector><targetReference>Note</targetReference></faultConnector>
  <filterLogic>and</filterLogic>
  <filters><field>DeveloperName</field>
  <operator>EqualTo</operator>
  <value><stringValue>NPS_Bad</stringValue></value></filters>
  <getFirstRecordOnly>true</getFirstRecordOnly>
  <object>CustomNotificationType</object>
  <queriedFields>Id</queriedFields>
  <queriedFields>DeveloperName</queriedFields>
  <storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>
  <start>${at}
  <connector><targetReference>Is_Bad</targetReference></connector>
  <object>NPS_Answer__c</object>
  <recordTriggerType>Create</recordTriggerType>
  <triggerType>RecordAfterSave</triggerType></start>
  <status>Active</status>
  <variables><name>Failure</name><dataType>String</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>true</isOutput></variables>
  <variables><name>Other</name><dataType>SObject</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>true</isOutput>
  <objectType>NPS_Answer__c</objectType></variables>
  <variables><name>Recipients</name><dataType>String</dataType><isCollection>true</isCollection><isInput>false</isInput><isOutput>false</isOutput></variables>`,
);

const NOTIFICATION = xml(
  'notificationtypes/NPS_Bad.notiftype-meta.xml',
  'CustomNotificationType',
  `<customNotifTypeName>NPS_Bad</customNotifTypeName>
  <desktop>true</desktop>
  <masterLabel>Bad</masterLabel>
  <mobile>false</mobile>`,
);

const APP = [
  xml(
    'externalClientApps/NPS.eca-meta.xml',
    'ExternalClientApplication',
    '<description>The service.</description>\n<label>NPS</label>',
  ),
  xml(
    'extlClntAppOauthSettings/NPS_oauth.ecaOauth-meta.xml',
    'ExtlClntAppOauthSettings',
    '<commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>\n<externalClientApplication>NPS</externalClientApplication>\n<label>NPS</label>',
  ),
];

const MANIFEST = xml(
  'customMetadata/package.xml',
  'Package',
  '<types>\n<members>NPS_Rule.Default</members>\n<name>CustomMetadata</name></types>\n<version>68.0</version>',
);

export const GOOD: MetadataFile[] = [
  ...OBJECTS,
  ...PERMISSIONS,
  ...REPORTING,
  ...PAGES,
  FLOW,
  NOTIFICATION,
  ...APP,
  MANIFEST,
];

const permissionSet = 'NPS_Service';
export const SERVICE: Service = {
  demands: [
    { permissionSet, object: 'NPS_Answer__c', access: 'create' },
    { permissionSet, object: 'NPS_Answer__c', access: 'edit' },
    { permissionSet, object: 'NPS_Answer__c', field: 'Key__c', access: 'edit' },
    { permissionSet, object: 'NPS_Answer__c', field: 'Key__c', access: 'match' },
    { permissionSet, object: 'NPS_Answer__c', field: 'Score__c', access: 'edit' },
    { permissionSet, object: 'NPS_Answer__c', field: 'Kind__c', access: 'edit', value: 'Good' },
  ],
  queries: [
    {
      permissionSet,
      file: 'service.ts',
      soql: 'SELECT Id, Account__r.Name FROM NPS_Answer__c WHERE Score__c > 5 ORDER BY CreatedDate',
    },
    { permissionSet, file: 'service.ts', soql: 'SELECT Id, (SELECT Score__c FROM NPS_Answers__r) FROM Account' },
  ],
};
