import { all, first, isTrue, textOf, type XmlElement } from '../metadata/xml.ts';
import type { SObject } from '../org/schema/sobject.ts';
import { type Blueprint, objectOf } from './blueprint.ts';
import { readRecordFilters, type Test } from './conditions.ts';
import { compileFormula } from './formulas.ts';
import type { Interview } from './interview.ts';
import { oneOf } from './readings.ts';
import { onlyKnown, Refused } from './refused.ts';
import { readFilters } from './row-filters.ts';
import { readSchedule, type Schedule } from './schedule.ts';

/** What sets a flow off. */
export type Start =
  /** Another flow calls it. */
  | { kind: 'call' }
  /** A time comes; with `rows`, an interview for each row that is found then. */
  | {
      kind: 'schedule';
      schedule: Schedule;
      rows: { sobject: SObject; where(interview: Interview): string } | undefined;
    }
  /** A record is created or changed. */
  | {
      kind: 'record';
      sobject: SObject;
      isBeforeSave: boolean;
      onCreate: boolean;
      onUpdate: boolean;
      /** Runs on a change only if the record did not meet the conditions before. */
      onlyOnEntering: boolean;
      meets: Test;
    }
  /** A platform event is published. */
  | { kind: 'event'; sobject: SObject; meets: Test };

const PLACES = ['locationX', 'locationY', 'connector', 'label'];

/** The object of `$Record`, and whether the flow runs before its save; known before the rest of the flow is read. */
export function startingRecord({ root }: { root: XmlElement }): { object: string | undefined; isBeforeSave: boolean } {
  const start = first(root, 'start');
  const object = start && textOf(start, 'object');
  return { object, isBeforeSave: start !== undefined && textOf(start, 'triggerType') === 'RecordBeforeSave' };
}

/** Reads a flow's `start`. Throws Refused for a trigger the sandbox does not know. */
export function readStart(blueprint: Blueprint, start: XmlElement): Start {
  if (!first(start, 'triggerType')) {
    onlyKnown(start, 'the start of a flow that is called', PLACES);
    return { kind: 'call' };
  }
  const trigger = oneOf(start, 'triggerType', ['Scheduled', 'RecordBeforeSave', 'RecordAfterSave', 'PlatformEvent']);
  switch (trigger) {
    case 'Scheduled':
      return scheduled(blueprint, start);
    case 'PlatformEvent':
      return onEvent(blueprint, start);
    default:
      return onRecord(blueprint, start, trigger === 'RecordBeforeSave');
  }
}

function scheduled(blueprint: Blueprint, start: XmlElement): Start {
  const knows = ['triggerType', 'schedule', 'object', 'filters', 'filterLogic'];
  onlyKnown(start, 'the start of a scheduled flow', [...PLACES, ...knows]);
  const schedule = first(start, 'schedule');
  if (!schedule) throw new Refused(start, 'A scheduled flow has no schedule.');
  const sobject = first(start, 'object') && objectOf(blueprint, start);
  const rows = sobject && { sobject, where: readFilters(blueprint, start, sobject) };
  return { kind: 'schedule', schedule: readSchedule(schedule), rows };
}

function onEvent(blueprint: Blueprint, start: XmlElement): Start {
  const knows = ['triggerType', 'object', 'filters', 'filterLogic'];
  onlyKnown(start, 'the start of a flow on an event', [...PLACES, ...knows]);
  return { kind: 'event', sobject: objectOf(blueprint, start), meets: readRecordFilters(blueprint, start) };
}

function onRecord(blueprint: Blueprint, start: XmlElement, isBeforeSave: boolean): Start {
  const knows = ['triggerType', 'object', 'recordTriggerType', 'filters', 'filterLogic', 'filterFormula'];
  onlyKnown(start, 'the start of a flow on a record', [...PLACES, ...knows, 'doesRequireRecordChangedToMeetCriteria']);
  const on = oneOf(start, 'recordTriggerType', ['Create', 'Update', 'CreateAndUpdate']);
  const meets = entryConditions(blueprint, start);
  return {
    kind: 'record',
    sobject: objectOf(blueprint, start),
    isBeforeSave,
    onCreate: on !== 'Update',
    onUpdate: on !== 'Create',
    onlyOnEntering: isTrue(start, 'doesRequireRecordChangedToMeetCriteria'),
    meets,
  };
}

function entryConditions(blueprint: Blueprint, start: XmlElement): Test {
  const formula = first(start, 'filterFormula');
  if (!formula) return readRecordFilters(blueprint, start);
  if (all(start, 'filters').length > 0) throw new Refused(formula, 'A start has filters or a formula, not both.');
  const work = compileFormula(blueprint, formula, { type: 'boolean', scale: 0 });
  return (interview) => work(interview) === true;
}
