import {
  auditOnly,
  checkbox,
  type Field,
  field,
  longText,
  lookup,
  open,
  picklist,
  readOnly,
  text,
  whole,
} from '../field.ts';
import { standard } from './standard.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** WhatId takes every object with Allow Activities; the list is filled in when the schema is complete. */
export const ANY_WITH_ACTIVITIES = 'What';

const activity = (childRelationshipName: string): Field[] => [
  lookup('WhoId', ['Contact'], { label: 'Name ID', cascadeDelete: true, childRelationshipName }),
  lookup('WhatId', [ANY_WITH_ACTIVITIES], { label: 'Related To ID', cascadeDelete: true, childRelationshipName }),
  readOnly(lookup('AccountId', 'Account')),
  text('Subject', 255),
  longText('Description', 32_000),
  checkbox('IsReminderSet'),
  field('ReminderDateTime', 'datetime'),
  picklist('Type', ['Call', 'Email', 'Meeting', 'Other']),
];

export const WORK = [
  standard('Task', '00T', { label: 'Task' }, [
    ...activity('Tasks'),
    picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
      defaultValue: 'Not Started',
      required: true,
    }),
    picklist('Priority', ['High', 'Normal', 'Low'], { defaultValue: 'Normal', required: true }),
    readOnly(checkbox('IsHighPriority')),
    field('ActivityDate', 'date', { label: 'Due Date Only' }),
    open(
      picklist('TaskSubtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call'], {
        defaultValue: 'Task',
        restricted: true,
        updateable: false,
      }),
    ),
    readOnly(checkbox('IsClosed')),
    auditOnly(field('CompletedDateTime', 'datetime')),
    lookup('OwnerId', ['Group', 'User'], { label: 'Assigned To ID' }),
  ]),
  standard('Event', '00U', { label: 'Event' }, [
    ...activity('Events'),
    field('StartDateTime', 'datetime', { required: true }),
    field('EndDateTime', 'datetime', { required: true }),
    text('Location', 255),
    lookup('OwnerId', ['User'], { label: 'Assigned To ID' }),
  ]),
  standard('EmailMessage', '02s', { label: 'Email Message', sharing: 'ControlledByParent' }, [
    open(lookup('RelatedToId', [ANY_WITH_ACTIVITIES], { label: 'Related To ID', childRelationshipName: 'Emails' })),
    open(lookup('ActivityId', 'Task', { label: 'Activity ID' })),
    open(checkbox('Incoming')),
    open(field('MessageDate', 'datetime')),
    // New, read, replied, sent, forwarded, draft.
    open(picklist('Status', ['0', '1', '2', '3', '4', '5'], { defaultValue: '0', restricted: true, required: true })),
    open(text('FromAddress', 1000)),
    open(text('ToAddress', 4000)),
    open(text('Subject', 3000)),
    open(longText('TextBody', 131_072)),
  ]),
  standard(
    'EmailMessageRelation',
    '0r2',
    { label: 'Email Message Relation', sharing: 'ControlledByParent', deletable: false },
    [
      lookup('EmailMessageId', 'EmailMessage', { required: true, childRelationshipName: 'EmailMessageRelations' }),
      open(lookup('RelationId', ['Contact', 'User'], { label: 'Relation ID' })),
      picklist('RelationType', ['BccAddress', 'CcAddress', 'FromAddress', 'OtherAddress', 'ToAddress'], {
        ...{ required: true, restricted: true },
      }),
      open(text('RelationAddress', 255)),
    ],
  ),
  standard(
    'BusinessHours',
    '01m',
    { label: 'Business Hours', labelPlural: 'Business Hours', deletable: false, setup: true },
    [
      text('Name', 80, { required: true }),
      checkbox('IsActive'),
      checkbox('IsDefault'),
      text('TimeZoneSidKey', 40, { required: true, defaultValue: 'UTC' }),
      ...DAYS.flatMap((day) => [field(`${day}StartTime`, 'time'), field(`${day}EndTime`, 'time')]),
    ],
  ),
  standard('Holiday', '0C0', { label: 'Holiday', deletable: false, setup: true }, [
    text('Name', 80, { required: true }),
    field('ActivityDate', 'date', { label: 'Date' }),
    text('Description', 1000),
    checkbox('IsAllDay', { defaultValue: true }),
    whole('StartTimeInMinutes'),
    whole('EndTimeInMinutes'),
    checkbox('IsRecurrence'),
  ]),
];
