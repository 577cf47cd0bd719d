import type { FormulasFor } from '../org/formula/row-reader.ts';
import type { FieldValue } from '../org/org.ts';
import { OrgError } from '../org/org-error.ts';
import type { RowChange, Triggers } from '../org/rows/triggers.ts';
import type { Author } from '../org/rows/writer.ts';
import type { Flow } from './flow.ts';
import { type FlowOrg, LimitReached } from './flow-org.ts';
import { beginInterview, FlowFault, type Interview } from './interview.ts';
import type { Start } from './start.ts';
import { type FlowRecord, type FlowValue, fieldsOf } from './values.ts';

/** Salesforce stops when triggers set off triggers this often. */
const DEEPEST = 16;

type OnRecord = Flow & { start: Extract<Start, { kind: 'record' }> };

interface Parts {
  /** The active flows, in the order they run. */
  flows(): readonly Flow[];
  formulasFor: FormulasFor;
  open(by: Author): FlowOrg;
  run(flow: Flow, interview: Interview): void;
}

/** Runs the flows that records set off when they are saved. */
export function recordTriggers({ flows, formulasFor, open, run }: Parts): Triggers {
  /** The flows running just now, outermost first, each with the record it runs for. */
  const running: { flow: Flow; id: string }[] = [];
  let failures = 0;

  const candidates = ({ sobject, before }: RowChange, isBeforeSave: boolean): OnRecord[] =>
    flows().filter((flow): flow is OnRecord => {
      const { start } = flow;
      if (start.kind !== 'record' || start.isBeforeSave !== isBeforeSave || start.sobject.name !== sobject.name)
        return false;
      return before ? start.onUpdate : start.onCreate;
    });

  const enters = (flow: OnRecord, interview: Interview): boolean => {
    const { meets, onlyOnEntering } = flow.start;
    if (!meets(interview)) return false;
    const prior = interview.values.get('$Record__Prior');
    if (!onlyOnEntering || !prior) return true;
    const before = new Map([...interview.values, ['$Record', prior]] as const);
    return !meets({ ...interview, values: before });
  };

  const runOn = (flow: OnRecord, interview: Interview, id: string): void => {
    // A flow that changes the record it runs for is not set off again by its own change.
    if (running.some((each) => each.flow === flow && each.id === id)) return;
    if (!enters(flow, interview)) return;
    if (running.length >= DEEPEST)
      throw failed(flow, new LimitReached('LIMIT_EXCEEDED', 'Maximum trigger depth exceeded'));
    running.push({ flow, id });
    try {
      run(flow, interview);
    } catch (error) {
      throw failed(flow, error);
    } finally {
      running.pop();
    }
  };

  /** What the author of the save is told. */
  const failed = (flow: Flow, error: unknown): unknown => {
    if (error instanceof LimitReached && error.errorCode === FAILED) return error;
    if (!(error instanceof FlowFault || error instanceof LimitReached)) return error;
    failures += 1;
    const details = `${error.message} Error ID: ${failures}-${failures} (${-failures})`;
    const message = `We can't save this record because the “${flow.label}” process failed. Give your Salesforce admin these details. ${details}`;
    const refusal = error instanceof LimitReached ? LimitReached : OrgError;
    return new refusal(FAILED, message, { fields: [] });
  };

  const begin = ({ row, before, by, sobject }: RowChange, isBeforeSave: boolean): Interview => {
    const record = (fields: FlowRecord['fields']): FlowRecord => ({ sobject: sobject.name, fields });
    const formulas = formulasFor(by.userId);
    const now = formulas.filled(row);
    // A new record has no id, no author and no dates before it is saved.
    const shown = isBeforeSave && !before ? { ...now, ...UNBORN } : now;
    const values = new Map([['$Record', record(shown)]]);
    if (before) values.set('$Record__Prior', record(formulas.filled(before)));
    return beginInterview(open(by), values);
  };

  return {
    beforeSave(change) {
      let { row } = change;
      const amended: Record<string, FieldValue> = {};
      for (const flow of candidates(change, true)) {
        const interview = begin({ ...change, row }, true);
        const shown = interview.values.get('$Record');
        runOn(flow, interview, row.Id);
        const made = differences(shown, interview.values.get('$Record'));
        Object.assign(amended, made);
        row = { ...row, ...made };
      }
      return amended;
    },
    afterSave(change) {
      for (const flow of candidates(change, false)) runOn(flow, begin(change, false), change.row.Id);
    },
  };
}

const FAILED = 'CANNOT_EXECUTE_FLOW_TRIGGER';

const UNBORN = Object.fromEntries(
  ['Id', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'].map((name) => [
    name,
    null,
  ]),
);

/** The fields a flow set on `$Record`. */
function differences(shown: FlowValue | undefined, left: FlowValue | undefined): Record<string, FieldValue> {
  const before = fieldsOf(shown);
  return Object.fromEntries(Object.entries(fieldsOf(left)).filter(([name, value]) => (before[name] ?? null) !== value));
}
