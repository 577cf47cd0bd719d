import { extract } from 'formulon';
import type { Complaint } from '../finding.ts';
import { type Flow, readFlow } from '../flow.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { everyElement, type XmlElement } from '../xml.ts';
import { faultIn, withoutComments } from './formula.ts';

/** Elements whose text is a reference by itself. */
const REFERENCES = [
  ...[
    'elementReference',
    'leftValueReference',
    'assignToReference',
    'collectionReference',
    'inputReference',
    'outputReference',
  ],
  ...['assignNextValueToReference', 'assignRecordIdToReference', 'resumeDateReference'],
];
const FORMULAS = ['expression', 'filterFormula', 'formulaExpression'];
/** Elements whose text may hold {!merge.fields}. */
const TEXTS = ['stringValue', 'text', 'fieldText', 'errorMessage', 'interviewLabel'];
const GLOBALS = [
  ...['$Api', '$Client', '$CustomMetadata', '$Flow', '$GlobalConstant', '$Label', '$Orchestration', '$Organization'],
  ...['$Permission', '$Profile', '$Setup', '$System', '$User', '$UserRole'],
];

export const flowReference: Rule = {
  name: 'flow-reference',
  severity: 'error',
  says: "Every variable, element and field that a flow's conditions, assignments, texts and formulas refer to exists, and its formulas parse.",
  source:
    'Metadata API Developer Guide, "Flow: FlowElementReferenceOrValue"; deploy error "invalid reference"; formulas parsed by `formulon`',
  check: (pack) =>
    pack.ofType('Flow').flatMap((component) => {
      const flow = readFlow(component, pack.catalog);
      return everyElement(component.root).flatMap((element) => inElement(flow, element, pack));
    }),
};

function inElement(flow: Flow, element: XmlElement, pack: Package): Complaint[] {
  const { component } = flow;
  const { name, text } = element;
  if (text === '') return [];
  if (REFERENCES.includes(name)) return unresolved(flow, element, text.trim(), pack);
  if (TEXTS.includes(name)) return merged(text).flatMap((path) => unresolved(flow, element, path, pack));
  if (!FORMULAS.includes(name)) return [];
  const formula = withoutComments(text).replace(/\{!([^{}]+)\}/g, ' $1 ');
  const fault = faultIn(formula);
  if (fault) return [about(component, element, fault)];
  return extract(formula).flatMap((path) => unresolved(flow, element, path, pack));
}

const merged = (text: string): string[] => [...text.matchAll(/\{!([^{}]+)\}/g)].map(([, path = '']) => path.trim());

function unresolved(flow: Flow, element: XmlElement, path: string, { catalog, ofType }: Package): Complaint[] {
  const { component } = flow;
  const [name = '', ...steps] = path.split('.');
  const complain = (message: string) => [about(component, element, message)];
  if (name === '$CustomMetadata') {
    const [type = '', record = '', field] = steps;
    const exists = ofType('CustomMetadata').some((each) => each.name === `${type.replace(/__mdt$/, '')}.${record}`);
    return exists && (!field || catalog.field(type, field)) ? [] : complain(`There is no custom metadata ${path}.`);
  }
  if (GLOBALS.includes(name)) return [];
  const isRecord = name === '$Record' || name === '$Record__Prior';
  if (isRecord && !flow.startObject) return complain(`${name} is there only when a record starts the flow.`);
  if (!isRecord && !flow.has(name)) return complain(`There is no element or resource ${name}.`);
  const object = flow.objectBehind(name);
  if (!object || steps.length === 0) return [];
  // Owner:User.Email names one of several parents.
  const field = steps.map((step) => step.replace(/:\w+$/, '')).join('.');
  return catalog.path(object, field) ? [] : complain(`${object} has no ${field}.`);
}
