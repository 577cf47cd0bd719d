import type { Complaint } from '../metadata/finding.ts';
import { first, textOf, type XmlElement } from '../metadata/xml.ts';
import type { Schema } from '../org/schema/schema.ts';
import { type Blueprint, makeBlueprint, targetOf } from './blueprint.ts';
import type { ElementKind, Step } from './elements/element.ts';
import { ELEMENTS } from './elements/registry.ts';
import type { FlowFile } from './flow-file.ts';
import type { Interview } from './interview.ts';
import { oneOf } from './readings.ts';
import { onlyKnown, Refused } from './refused.ts';
import { RESOURCES, readResource } from './resources.ts';
import { readStart, type Start, startingRecord } from './start.ts';

/** A flow that can be run: everything in it is known and every name in it stands for something. */
export interface Flow {
  readonly name: string;
  readonly label: string;
  readonly isActive: boolean;
  /** Flows on the same record run by this number, those without one between 1000 and 1001. */
  readonly order: number;
  readonly start: Start;
  /** The element it begins with; undefined when it does nothing. */
  readonly first: string | undefined;
  readonly elements: ReadonlyMap<string, FlowElement>;
  /** Gives the variables what they begin with. */
  prepare(interview: Interview): void;
}

export interface FlowElement {
  readonly step: Step;
  /** Where it goes on when the element fails; undefined when nothing takes the fault up. */
  readonly onFault: string | undefined;
}

/** What says nothing about how a flow runs. */
const ABOUT = [
  ...['apiVersion', 'description', 'environments', 'interviewLabel', 'label', 'processMetadataValues'],
  ...['processType', 'runInMode', 'status', 'triggerOrder', 'start', 'isTemplate', 'migratedFromWorkflowRuleName'],
];
const OF_EVERY_ELEMENT = ['name', 'label', 'description', 'locationX', 'locationY', 'connector', 'faultConnector'];

/** Makes a flow of its file, or says everything that keeps it from being one. */
export function readFlow(
  file: FlowFile,
  schema: Schema,
  flows: ReadonlyMap<string, FlowFile>,
): { flow: Flow } | { problems: Complaint[] } {
  const problems: Complaint[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      problems.push({ file: file.path, line: error.line, message: error.message });
      return undefined;
    }
  };

  const { root } = file;
  const { object, isBeforeSave } = startingRecord(file);
  const startObject = object === undefined ? undefined : schema.find(object);
  const blueprint = makeBlueprint({ file, schema, flows, startObject, isBeforeSave });
  const elements = new Map<string, FlowElement>();
  const prepared: ((interview: Interview) => void)[] = [];
  attempt(() => oneOf(root, 'processType', ['AutoLaunchedFlow']));
  attempt(() => checkMode(root));
  for (const child of root.children.filter(({ name }) => !ABOUT.includes(name))) {
    attempt(() => {
      const kind = ELEMENTS.get(child.name);
      if (kind) elements.set(textOf(child, 'name') ?? '', readElement(blueprint, kind, child));
      else if (RESOURCES[child.name]) prepared.push(readResource(blueprint, child));
      else throw new Refused(child, `The sandbox does not know <${child.name}> in a flow.`);
    });
  }
  const startElement = first(root, 'start') ?? root;
  const start = attempt(() => readStart(blueprint, startElement));
  if (!start || problems.length > 0) return { problems };
  const flow: Flow = {
    name: file.name,
    label: textOf(root, 'label') ?? file.name,
    isActive: textOf(root, 'status') === 'Active',
    order: Number(textOf(root, 'triggerOrder') ?? 1000.5),
    start,
    first: targetOf(startElement),
    elements,
    prepare: (interview) => prepared.forEach((prepare) => void prepare(interview)),
  };
  return { flow };
}

// Flows that nobody's screen shows run in system context; sharing alone is nothing the sandbox plays.
function checkMode(root: XmlElement): void {
  if (first(root, 'runInMode')) oneOf(root, 'runInMode', ['DefaultMode', 'SystemModeWithoutSharing']);
}

function readElement(blueprint: Blueprint, kind: ElementKind, element: XmlElement): FlowElement {
  onlyKnown(element, element.name, [...OF_EVERY_ELEMENT, ...kind.knows]);
  if (blueprint.isBeforeSave && !kind.beforeSave) {
    throw new Refused(element, `A flow cannot use <${kind.tag}> before the record is saved.`);
  }
  return { step: kind.make(blueprint, element), onFault: targetOf(element, 'faultConnector') };
}
