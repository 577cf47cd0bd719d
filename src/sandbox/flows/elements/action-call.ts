import { all, type XmlElement } from '../../metadata/xml.ts';
import { type Blueprint, targetOf } from '../blueprint.ts';
import type { Notice } from '../flow-org.ts';
import { FlowFault, type Interview } from '../interview.ts';
import { oneOf, type Reading, readValue } from '../readings.ts';
import { onlyKnown, Refused } from '../refused.ts';
import { itemsOf, plainValue } from '../values.ts';
import type { ElementKind } from './element.ts';

/** An action, of which the sandbox knows one: Send Custom Notification. */
export const actionCalls: ElementKind = {
  tag: 'actionCalls',
  knows: ['actionName', 'actionType', 'flowTransactionModel', 'inputParameters', 'nameSegment', 'offset'],
  beforeSave: false,
  make(blueprint, element) {
    oneOf(element, 'actionType', ['customNotificationAction']);
    oneOf(element, 'actionName', ['customNotificationAction']);
    const inputs = inputsOf(blueprint, element);
    const next = targetOf(element);
    const { name: flow } = blueprint.file;
    return (interview) => {
      interview.org.notify(noticeOf(inputs, interview), flow);
      return next;
    };
  },
};

const REQUIRED = ['customNotifTypeId', 'recipientIds', 'title', 'body', 'targetId'] as const;
type Input = (typeof REQUIRED)[number];

function inputsOf(blueprint: Blueprint, element: XmlElement): Record<Input, Reading> {
  const given = new Map(
    all(element, 'inputParameters').map((input) => {
      onlyKnown(input, 'an input of the action', ['name', 'value']);
      const name = oneOf(input, 'name', REQUIRED);
      return [name, readValue(blueprint, input, 'value')] as const;
    }),
  );
  const required = (name: Input): Reading => {
    const reading = given.get(name);
    if (!reading) throw new Refused(element, `Send Custom Notification has no ${name}.`);
    return reading;
  };
  const recipientIds = required('recipientIds');
  if (!recipientIds.type.isCollection) throw new Refused(element, 'recipientIds is a collection of texts.');
  return {
    recipientIds,
    customNotifTypeId: required('customNotifTypeId'),
    title: required('title'),
    body: required('body'),
    targetId: required('targetId'),
  };
}

/** The longest texts and the most recipients the action takes (Salesforce Help, "Flow Core Action: Send Custom Notification"). */
const LIMITS = { title: 250, body: 750, recipients: 500 };

function noticeOf(inputs: Record<Input, Reading>, interview: Interview): Notice {
  const text = (name: Input) => {
    const value = plainValue(inputs[name].read(interview));
    if (value === null || value === '') throw failed(`Missing required input parameter: ${name}`);
    return String(value);
  };
  const recipientIds = itemsOf(inputs.recipientIds.read(interview)).flatMap((each) =>
    typeof each === 'string' && each !== '' ? [each] : [],
  );
  const [title, body] = [text('title'), text('body')];
  if (recipientIds.length === 0) throw failed('Missing required input parameter: recipientIds');
  if (recipientIds.length > LIMITS.recipients) throw failed(`More than ${LIMITS.recipients} recipients`);
  if (title.length > LIMITS.title) throw failed(`The title is longer than ${LIMITS.title} characters`);
  if (body.length > LIMITS.body) throw failed(`The body is longer than ${LIMITS.body} characters`);
  return { typeId: text('customNotifTypeId'), recipientIds, title, body, targetId: text('targetId') };
}

const failed = (what: string) =>
  new FlowFault(`This error occurred when the flow tried to send a custom notification: ${what}.`);
