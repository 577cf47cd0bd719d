import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { first, textOf } from '../xml.ts';

export const rollUp: Rule = {
  name: 'roll-up',
  severity: 'error',
  says: 'Nothing on a standard object is a roll-up, because it locks the parent on every write; any other names a master-detail field and a field that exist.',
  source: 'data-model.md, "No roll-up summaries on Account (they lock)"; Salesforce Help, "Roll-Up Summary Field"',
  check: (pack) =>
    pack
      .ofType('CustomField')
      .filter(({ root }) => textOf(root, 'type') === 'Summary')
      .flatMap((component) => inField(component, pack)),
};

function inField(component: Component, { catalog }: Package): Complaint[] {
  const { root, object, name } = component;
  const complaints: Complaint[] = [];
  if (!object.endsWith('__c'))
    complaints.push(
      about(
        component,
        first(root, 'type') ?? root,
        `${object}.${name} is a roll-up and would lock ${object} with every child written.`,
      ),
    );
  for (const tag of ['summaryForeignKey', 'summarizedField']) {
    const named = first(root, tag);
    if (!named) continue;
    const [child = '', field = ''] = named.text.trim().split('.');
    const found = catalog.field(child, field);
    if (!found) complaints.push(about(component, named, `There is no field ${named.text.trim()}.`));
    else if (tag === 'summaryForeignKey' && !(found.type === 'MasterDetail' && found.referenceTo.includes(object)))
      complaints.push(about(component, named, `${named.text.trim()} is no master-detail field to ${object}.`));
  }
  const counts = textOf(root, 'summaryOperation') === 'count';
  if (!counts && !first(root, 'summarizedField'))
    complaints.push(about(component, root, `${name} does not say which field it sums up.`));
  return complaints;
}
