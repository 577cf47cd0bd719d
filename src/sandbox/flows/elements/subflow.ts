import { all, first, isTrue, textOf, type XmlElement } from '../../metadata/xml.ts';
import { type Blueprint, type Namer, targetOf } from '../blueprint.ts';
import { handedOver } from '../flow-file.ts';
import { readValue } from '../readings.ts';
import { onlyKnown, Refused } from '../refused.ts';
import { declaredType, stored } from '../resources.ts';
import type { ElementKind } from './element.ts';

/** Runs another flow as part of this one. */
export const subflows: ElementKind = {
  tag: 'subflows',
  knows: ['flowName', 'inputAssignments', 'outputAssignments', 'storeOutputAutomatically'],
  beforeSave: false,
  make(blueprint, element) {
    const called = calledFlow(blueprint, element);
    const inputs = all(element, 'inputAssignments').map((input) => {
      onlyKnown(input, 'an input', ['name', 'value']);
      const name = textOf(input, 'name') ?? '';
      if (!handedOver(called, name, 'isInput')) throw new Refused(input, `${called.name} takes no ${name}.`);
      return { name, value: readValue(blueprint, input, 'value') };
    });
    const outputs = readOutputs(blueprint, element);
    const next = targetOf(element);
    return (interview, runSubflow) => {
      const given = new Map(inputs.map(({ name, value }) => [name, value.read(interview)]));
      const ended = runSubflow(called.name, given, interview);
      for (const { from, assign } of outputs) assign(interview, ended.get(from) ?? null);
      return next;
    };
  },
  output: (blueprint, element, [output = '', ...rest], at) => {
    if (!isTrue(element, 'storeOutputAutomatically')) throw new Refused(at, 'This subflow keeps nothing by itself.');
    return { reference: outputReference(blueprint, element, output, at), rest };
  },
};

function calledFlow({ flows }: Blueprint, element: XmlElement) {
  const named = first(element, 'flowName');
  const found = flows.get(named?.text.trim() ?? '');
  if (found) return found;
  throw new Refused(named ?? element, `There is no flow ${named?.text.trim() ?? ''}.`);
}

function outputReference(blueprint: Blueprint, element: XmlElement, output: string, at: XmlElement) {
  const called = calledFlow(blueprint, element);
  const variable = handedOver(called, output, 'isOutput');
  if (!variable) throw new Refused(at, `${called.name} hands back no ${output}.`);
  return stored(`${textOf(element, 'name')}.${output}`, declaredType(blueprint, variable));
}

type Assign = NonNullable<ReturnType<Namer>['reference']['assign']>;

function readOutputs(blueprint: Blueprint, element: XmlElement): { from: string; assign: Assign }[] {
  if (isTrue(element, 'storeOutputAutomatically')) {
    return all(calledFlow(blueprint, element).root, 'variables')
      .filter((variable) => isTrue(variable, 'isOutput'))
      .flatMap((variable) => {
        const from = textOf(variable, 'name') ?? '';
        const { assign } = outputReference(blueprint, element, from, element);
        return assign ? [{ from, assign }] : [];
      });
  }
  return all(element, 'outputAssignments').map((output) => {
    onlyKnown(output, 'an output', ['name', 'assignToReference']);
    const from = textOf(output, 'name') ?? '';
    const target = textOf(output, 'assignToReference') ?? '';
    outputReference(blueprint, element, from, output);
    const { assign } = blueprint.refer(target, output);
    if (!assign) throw new Refused(output, `Nothing can be assigned to ${target}.`);
    return { from, assign };
  });
}
