import { xml } from '../sandbox/deploy/package.ts';

/** A record-triggered flow on Opportunity that calls the shipped subflow with some field as the account. */
export const askingFlow = (trigger: string, account: string) =>
  xml(
    'Flow',
    `<apiVersion>68.0</apiVersion><description>Asks after a win.</description><interviewLabel>Ask</interviewLabel>
    <label>Ask After Win</label><processType>AutoLaunchedFlow</processType>
    <start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Publish</targetReference></connector>
    <filterLogic>and</filterLogic><filters><field>StageName</field><operator>EqualTo</operator><value><stringValue>Closed Won</stringValue></value></filters>
    <object>Opportunity</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordAfterSave</triggerType></start>
    <status>Active</status>
    <subflows><description>Publishes.</description><name>Publish</name><label>Publish</label><locationX>0</locationX><locationY>0</locationY>
    <flowName>NPS_Publish_Moment</flowName>
    <inputAssignments><name>Account_Id</name><value><elementReference>${account}</elementReference></value></inputAssignments>
    <inputAssignments><name>Source_Id</name><value><elementReference>$Record.Id</elementReference></value></inputAssignments>
    <inputAssignments><name>Trigger_Name</name><value><stringValue>${trigger}</stringValue></value></inputAssignments>
    </subflows>`,
  );
