import { Connection } from 'jsforce';
import type { AskedCustomer, Customer } from './customers.ts';
import type { OrgWorld } from './org-world.ts';

const VERSION = '68.0';
const AT_ONCE = 10;

/** The same org through jsforce, without the service. */
export async function connectByHand({ sandbox }: OrgWorld): Promise<Connection> {
  const connection = new Connection({ loginUrl: sandbox.url, version: VERSION });
  await connection.authorize({
    grant_type: 'client_credentials',
    client_id: 'sandbox-admin',
    client_secret: 'sandbox-admin',
  });
  return connection;
}

/** Answers written back as a first try would: a call for every record. */
export async function writeNaively(
  { sandbox: { org } }: OrgWorld,
  connection: Connection,
  answers: readonly { customer: AskedCustomer; score: number }[],
): Promise<void> {
  const waiting = [...answers];
  const writeOn = async () => {
    for (let answer = waiting.shift(); answer; answer = waiting.shift()) await writeOne(connection, answer);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writeOn));
  const responses = org.query('SELECT Id FROM NPS_Response__c');
  if (responses.length < answers.length) throw new Error('The naive way did not store every answer.');
}

async function writeOne(connection: Connection, { customer, score }: { customer: AskedCustomer; score: number }) {
  const { accountId, contactId } = customer;
  const segment = score >= 9 ? 'Promoter' : score >= 7 ? 'Passive' : 'Detractor';
  const survey = await connection
    .sobject('NPS_Survey__c')
    .findOne({ Account__c: accountId }, ['Id', 'Survey_Key__c', 'CSM__c']);
  if (!survey?.Id) throw new Error(`Account ${accountId} has no survey.`);
  const response = {
    Response_Key__c: survey.Survey_Key__c,
    Account__c: accountId,
    Survey__c: survey.Id,
    Contact__c: contactId,
    Score__c: score,
    Segment__c: segment,
    Verdict__c: 'Confirmed',
    Responded_At__c: new Date().toISOString(),
  };
  const { NPS_Score__c, NPS_Segment__c } = { NPS_Score__c: score, NPS_Segment__c: segment };
  await connection.sobject('NPS_Response__c').upsert(response, 'Response_Key__c');
  await connection.sobject('NPS_Survey__c').update({ Id: survey.Id, Status__c: 'Responded' });
  await connection.sobject('Account').update({ Id: accountId, NPS_Score__c, NPS_Segment__c });
  await connection.sobject('Contact').update({ Id: contactId, NPS_Score__c, NPS_Segment__c });
  if (segment !== 'Detractor') return;
  const task = { Subject: `Call about a ${score}`, WhatId: accountId, WhoId: contactId, OwnerId: survey.CSM__c };
  await connection.sobject('Task').create({ ...task, Priority: 'High', Status: 'Not Started' });
}

/** The least that any way from a fact to a row needs: one call that reads, then one that writes. */
export async function readThenWrite(connection: Connection, { accountId, contactId }: Customer): Promise<void> {
  await connection.query(`SELECT Id, Name, NPS_Score__c FROM Account WHERE Id = '${accountId}'`);
  await connection.sobject('Task').create({ Subject: 'By hand', WhatId: accountId, WhoId: contactId });
}
