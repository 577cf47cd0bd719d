import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, first, isTrue, textOf } from '../xml.ts';

const INPUTS = ['customNotifTypeId', 'recipientIds', 'title', 'body'];
/** What a tap on the notification opens: one of them is asked for. */
const TARGETS = ['targetId', 'targetPageRef'];

export const customNotification: Rule = {
  name: 'custom-notification',
  severity: 'error',
  says: 'A custom notification type is delivered somewhere; a flow that sends one gives its type, recipients, title, body and target, and looks for a type that is shipped.',
  source: 'Salesforce Help, "Flow Core Action: Send Custom Notification"; fault "Missing required input parameter"',
  check: (pack) => [
    ...pack.ofType('CustomNotificationType').flatMap(undelivered),
    ...pack.ofType('Flow').flatMap((component) => [...incomplete(component), ...unknownTypes(component, pack)]),
  ],
};

function undelivered(component: Component): Complaint[] {
  const { root } = component;
  return isTrue(root, 'desktop') || isTrue(root, 'mobile')
    ? []
    : [about(component, first(root, 'desktop') ?? root, `${component.name} reaches neither desktop nor phone.`)];
}

function incomplete(component: Component): Complaint[] {
  return all(component.root, 'actionCalls')
    .filter((action) => textOf(action, 'actionType') === 'customNotificationAction')
    .flatMap((action) => {
      const given = along(action, 'inputParameters/name').map(({ text }) => text.trim());
      const missing = [
        ...INPUTS.filter((input) => !given.includes(input)),
        ...(TARGETS.some((target) => given.includes(target)) ? [] : ['targetId']),
      ];
      return missing.map((input) => about(component, action, `${textOf(action, 'name')} notifies without ${input}.`));
    });
}

function unknownTypes(component: Component, { ofType }: Package): Complaint[] {
  return all(component.root, 'recordLookups')
    .filter((lookup) => textOf(lookup, 'object') === 'CustomNotificationType')
    .flatMap((lookup) => all(lookup, 'filters'))
    .filter((filter) => ['DeveloperName', 'CustomNotifTypeName'].includes(textOf(filter, 'field') ?? ''))
    .flatMap((filter) => along(filter, 'value/stringValue'))
    .filter(({ text }) => !ofType('CustomNotificationType').some(({ name }) => name === text.trim()))
    .map((name) => about(component, name, `There is no custom notification type ${name.text.trim()}.`));
}
