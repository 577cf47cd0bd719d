import { about, type Rule } from '../rule.ts';
import { all, everyElement } from '../xml.ts';

/** Elements only an org can fill, and secrets. */
const OF_ONE_ORG = [
  'consumerKey',
  'consumerSecret',
  'oauthLink',
  'orgScopedExternalApp',
  'certificate',
  'clientCredentialsFlowUser',
];
const RECORD_ID = /\b(00[1-9DGEOe][A-Za-z0-9]{12}(?:[A-Z0-5]{3})?|[a-z]0[0-9A-Z][A-Za-z0-9]{12}(?:[A-Z0-5]{3})?)\b/;

export const orgSecrets: Rule = {
  name: 'org-secrets',
  severity: 'warning',
  says: "No consumer key, secret, certificate, user or record id of some org is shipped; an external client app's parts name the app.",
  source: 'salesforce-facts.md, "Auth"',
  check: ({ components, ofType }) => [
    ...components.flatMap((component) =>
      everyElement(component.root)
        .filter(
          ({ name, text }) =>
            OF_ONE_ORG.includes(name) || (/\d/.test(text) && RECORD_ID.test(text) && name !== 'description'),
        )
        .map((element) => about(component, element, `${element.name} says something about one org only.`)),
    ),
    ...components.flatMap((component) =>
      all(component.root, 'externalClientApplication')
        .filter((app) => !ofType('ExternalClientApplication').some(({ name }) => name === app.text.trim()))
        .map((app) => about(component, app, `There is no external client app ${app.text.trim()}.`)),
    ),
  ],
};
