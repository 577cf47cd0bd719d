import { describe, expect, it } from 'vitest';
import { children, filesOf, type MetadataFile, rawText, text } from './metadata.ts';
import { fields, permissionNames, takesPermission } from './schema.ts';

const permissionSets = filesOf('permissionset');
const ours = fields.filter(takesPermission).flatMap(permissionNames);

const readable = (set: MetadataFile) =>
  children(set.root, 'fieldPermissions')
    .filter((permission) => text(permission, 'readable') === 'true')
    .map((permission) => text(permission, 'field') ?? '');

function named(name: string): MetadataFile {
  const set = permissionSets.find((candidate) => candidate.name === name);
  if (!set) throw new Error(`No permission set ${name} is shipped.`);
  return set;
}

// What the service needs, and nothing more, is told by the rules service-access and service-restraint.
describe.each(permissionSets.filter(({ name }) => name !== 'NPS_Integration'))('$name', (set) => {
  it('lets its people see every field we ship', () => {
    expect(ours.filter((field) => !readable(set).includes(field))).toEqual([]);
  });
});

describe.each(permissionSets)('$name', (set) => {
  it('names no custom field that is required, master-detail or unknown: the deploy would fail', () => {
    const custom = readable(set).filter((field) => field.endsWith('__c'));
    expect(custom.filter((field) => !ours.includes(field))).toEqual([]);
  });

  it('keeps elements of one kind together and the kinds in order', () => {
    const tags = [...rawText(set.path).matchAll(/^ {4}<(\w+)/gm)].map((match) => match[1]);
    expect(tags.length).toBeGreaterThan(5);
    expect(tags).toEqual(tags.toSorted());
  });

  it('grants what its own grants depend on', () => {
    for (const permission of children(set.root, 'objectPermissions')) {
      const has = (flag: string) => text(permission, flag) === 'true';
      if (has('modifyAllRecords')) {
        expect(has('allowDelete') && has('viewAllRecords'), text(permission, 'object')).toBe(true);
      }
      if (has('allowDelete')) expect(has('allowEdit'), text(permission, 'object')).toBe(true);
      if (has('allowEdit') || has('allowCreate')) expect(has('allowRead'), text(permission, 'object')).toBe(true);
    }
  });

  it('sees all accounts if it sees all responses, whose master they are', () => {
    const viewsAll = (object: string) =>
      children(set.root, 'objectPermissions').some(
        (permission) => text(permission, 'object') === object && text(permission, 'viewAllRecords') === 'true',
      );
    expect(viewsAll('NPS_Response__c') && !viewsAll('Account')).toBe(false);
  });

  it('reads what admins set up', () => {
    const types = children(set.root, 'customMetadataTypeAccesses').map((access) => text(access, 'name'));
    expect(types).toEqual(
      expect.arrayContaining([
        'NPS_Routing_Rule__mdt',
        'NPS_Setting__mdt',
        'NPS_Trigger_Text__mdt',
        'NPS_Trigger__mdt',
      ]),
    );
  });

  it('describes itself within 255 characters', () => {
    expect(text(set.root, 'description')?.length).toBeLessThanOrEqual(255);
  });
});

describe('who may do what', () => {
  const editable = (set: MetadataFile) =>
    children(set.root, 'fieldPermissions')
      .filter((permission) => text(permission, 'editable') === 'true')
      .map((permission) => text(permission, 'field') ?? '');
  const grants = (set: MetadataFile, object: string, flag: string) =>
    children(set.root, 'objectPermissions').some(
      (permission) => text(permission, 'object') === object && text(permission, flag) === 'true',
    );

  it('the service writes every field of its own two objects but what people say on them, which it only reads', () => {
    const said =
      /\.(Is_Test|Sequence_Paused|Customer_Replied_At|Actions_Taken|Resolved|Request\w*|Intervention|Notify_\w+|Advocacy_Completed\w*)__c$/;
    const stored = fields.filter((field) => takesPermission(field) && text(field.root, 'formula') === undefined);
    const own = stored
      .flatMap(permissionNames)
      .filter((field) => /^NPS_(Survey|Response)__c\./.test(field) && !said.test(field));
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((field) => !editable(named('NPS_Integration')).includes(field))).toEqual([]);
  });

  it('the service cannot change who the CSM is or whether an account opted out: people decide that', () => {
    const writes = editable(named('NPS_Integration'));
    expect(writes).not.toContain('Account.NPS_CSM__c');
    expect(writes).not.toContain('Account.NPS_Survey_Opt_Out__c');
    expect(writes).toContain('Contact.NPS_Survey_Opt_Out__c');
  });

  it('the service sees whether a contact opted out of mail', () => {
    expect(readable(named('NPS_Integration'))).toContain('Contact.HasOptedOutOfEmail');
  });

  it('the service hears lifecycle events and only the admin publishes them', () => {
    expect(grants(named('NPS_Integration'), 'NPS_Lifecycle__e', 'allowRead')).toBe(true);
    expect(grants(named('NPS_Integration'), 'NPS_Lifecycle__e', 'allowCreate')).toBe(false);
    expect(grants(named('NPS_Admin'), 'NPS_Lifecycle__e', 'allowCreate')).toBe(true);
  });

  it('a CSM changes what a CSM decides, on the records shared with them, and no number', () => {
    const csm = named('NPS_CSM');
    const decides = [
      ...[
        'Actions_Taken',
        'Advocacy_Ask',
        'Advocacy_Completed',
        'Customer_Replied_At',
        'Follow_Up_Due',
        'Intervention',
        'Next_Step_Due',
      ],
      ...['Request_Note', 'Request', 'Resolved', 'Sequence_Paused'],
    ];
    const ofOthers = ['Contact.NPS_Request__c', 'Task.NPS_Outcome__c'];
    const fields = [...decides.map((name) => `NPS_Response__c.${name}__c`), ...ofOthers];
    expect(editable(csm).toSorted()).toEqual(fields.toSorted());
    const flags = ['allowCreate', 'allowDelete', 'modifyAllRecords', 'viewAllRecords'];
    expect(flags.filter((flag) => grants(csm, 'NPS_Response__c', flag))).toEqual([]);
    expect(grants(csm, 'NPS_Response__c', 'allowEdit')).toBe(true);
  });

  it('only the admin publishes commands by hand: CSMs set the request, and a flow publishes it', () => {
    expect(grants(named('NPS_Admin'), 'NPS_Command__e', 'allowCreate')).toBe(true);
    expect(grants(named('NPS_CSM'), 'NPS_Command__e', 'allowCreate')).toBe(false);
  });

  it('the viewer changes nothing', () => {
    const viewer = named('NPS_Viewer');
    expect(editable(viewer)).toEqual([]);
    for (const flag of ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords']) {
      expect(children(viewer.root, 'objectPermissions').filter((one) => text(one, flag) === 'true')).toEqual([]);
    }
  });
});
