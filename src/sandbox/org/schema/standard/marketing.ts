import { checkbox, field, lookup, open, picklist, readOnly, text } from '../field.ts';
import { standard } from './standard.ts';

/** Campaigns as the org ships them; whoever reads a campaign reads its members. */
export const MARKETING = [
  standard('Campaign', '701', { label: 'Campaign', allowsActivities: true }, [
    text('Name', 80, { required: true }),
    checkbox('IsActive', { label: 'Active' }),
    picklist('Type', ['Conference', 'Webinar', 'Email', 'Advertisement', 'Other']),
    picklist('Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], { defaultValue: 'Planned' }),
    field('StartDate', 'date'),
    field('EndDate', 'date'),
    lookup('OwnerId', 'User'),
  ]),
  standard('CampaignMember', '00v', { label: 'Campaign Member', sharing: 'ControlledByParent' }, [
    lookup('CampaignId', 'Campaign', { required: true, cascadeDelete: true, childRelationshipName: 'CampaignMembers' }),
    lookup('ContactId', 'Contact', { required: true, cascadeDelete: true, childRelationshipName: 'CampaignMembers' }),
    open(picklist('Status', ['Sent', 'Responded'], { defaultValue: 'Sent' })),
    open(readOnly(checkbox('HasResponded'))),
  ]),
];
