import { metadataTypes } from '../metadata-types.ts';
import { about, type Rule } from '../rule.ts';
import { all, first, textOf } from '../xml.ts';

export const externalClientApp: Rule = {
  name: 'external-client-app',
  severity: 'error',
  says: 'The parts of an external client app name an app that is shipped, OAuth scopes that exist and a callback address; app and parts have labels.',
  source: 'Metadata API Developer Guide, "ExternalClientApplication", "ExtlClntAppOauthSettings"',
  check: ({ components, ofType }) => {
    const parts = components.filter(({ type }) => type.startsWith('ExtlClntApp'));
    const apps = ofType('ExternalClientApplication');
    return [
      ...[...apps, ...parts]
        .filter(({ root }) => !first(root, 'label'))
        .map((component) => about(component, component.root, `${component.name} has no label.`)),
      ...parts.flatMap((component) => [
        ...all(component.root, 'externalClientApplication')
          .filter((app) => !apps.some(({ name }) => name === app.text.trim()))
          .map((app) => about(component, app, `There is no external client app ${app.text.trim()}.`)),
        ...all(component.root, 'commaSeparatedOauthScopes').flatMap((scopes) =>
          scopes.text
            .split(',')
            .map((scope) => scope.trim())
            .filter((scope) => !metadataTypes().values('ConnectedAppOauthAccessScope')?.has(scope))
            .map((scope) => about(component, scopes, `${scope} is no OAuth scope.`)),
        ),
      ]),
      ...ofType('ExtlClntAppGlobalOauthSettings')
        .filter(({ root }) => !/^\w+:\/\//.test(textOf(root, 'callbackUrl') ?? ''))
        .map((component) =>
          about(
            component,
            first(component.root, 'callbackUrl') ?? component.root,
            `${component.name} has no callback address.`,
          ),
        ),
    ];
  },
};
