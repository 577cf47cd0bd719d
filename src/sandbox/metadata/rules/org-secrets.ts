import { about, type Rule } from '../rule.ts';
import { everyElement } from '../xml.ts';

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
  says: 'No consumer key, secret, certificate, user or record id of some org is shipped.',
  source: 'salesforce-facts.md, "Auth"',
  check: ({ components }) =>
    components.flatMap((component) =>
      everyElement(component.root)
        .filter(
          ({ name, text }) =>
            OF_ONE_ORG.includes(name) || (/\d/.test(text) && RECORD_ID.test(text) && name !== 'description'),
        )
        .map((element) => about(component, element, `${element.name} says something about one org only.`)),
    ),
};
