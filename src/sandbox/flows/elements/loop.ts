import { first, textOf, type XmlElement } from '../../metadata/xml.ts';
import { type Blueprint, type Reference, targetOf } from '../blueprint.ts';
import { oneOf } from '../readings.ts';
import { Refused } from '../refused.ts';
import { stored } from '../resources.ts';
import { itemsOf } from '../values.ts';
import type { ElementKind } from './element.ts';

/** Goes through a collection, an item each time the flow comes by. */
export const loops: ElementKind = {
  tag: 'loops',
  knows: [
    ...['collectionReference', 'iterationOrder', 'assignNextValueToReference'],
    ...['nextValueConnector', 'noMoreValuesConnector'],
  ],
  beforeSave: true,
  make(blueprint, element) {
    const name = textOf(element, 'name') ?? '';
    const collection = collectionOf(blueprint, element);
    const item = itemOf(blueprint, element);
    const isBackwards = oneOf(element, 'iterationOrder', ['Asc', 'Desc']) === 'Desc';
    const [next, end] = [targetOf(element, 'nextValueConnector'), targetOf(element, 'noMoreValuesConnector')];
    return (interview) => {
      const items = itemsOf(collection.read(interview));
      const place = interview.loops.get(name) ?? { items: isBackwards ? items.toReversed() : items, next: 0 };
      const given = place.items[place.next];
      if (given === undefined) {
        interview.loops.delete(name);
        return end;
      }
      interview.loops.set(name, { ...place, next: place.next + 1 });
      item.assign?.(interview, given);
      return next;
    };
  },
  output: (blueprint, element, rest) => ({ reference: itemOf(blueprint, element), rest }),
};

function collectionOf(blueprint: Blueprint, element: XmlElement): Reference {
  const path = textOf(element, 'collectionReference') ?? '';
  const collection = blueprint.refer(path, element);
  if (collection.type.isCollection) return collection;
  throw new Refused(element, `${path} is no collection to loop over.`);
}

/** The variable that older flows name, or else one of the loop's own name. */
function itemOf(blueprint: Blueprint, element: XmlElement): Reference {
  const named = first(element, 'assignNextValueToReference');
  if (named) return blueprint.refer(named.text.trim(), named);
  return stored(textOf(element, 'name') ?? '', { ...collectionOf(blueprint, element).type, isCollection: false });
}
