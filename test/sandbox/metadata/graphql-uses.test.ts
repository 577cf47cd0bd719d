import { describe, expect, it } from 'vitest';
import { graphqlUses } from '../../../src/sandbox/metadata/graphql-uses.ts';

const named = (query: string) => graphqlUses(query).map(({ object, path }) => (path ? `${object}.${path}` : object));

describe('the objects and fields a GraphQL query names', () => {
  it('are those it selects, in parents too', () => {
    const query = `query a { uiapi { query { Account { edges { node { Id Name { value } Owner { Name { displayValue } } } } } } } }`;
    expect(named(query)).toEqual(['Account', 'Account.Id', 'Account.Name', 'Account.Owner.Name']);
  });

  it('are those it filters and sorts by, in lists of conditions too', () => {
    const query = `query a($ids: [ID!]!, $since: DateTime) {
      uiapi { query {
        Case(
          where: { or: [{ Status: { in: ["Open", "New {now}"] } }, { and: [{ Owner: { Name: { eq: "x" } } }] }], ClosedDate: { gte: { value: $since } } }
          orderBy: { CreatedDate: { order: DESC, nulls: LAST } }
          first: 10
        ) { edges { node { Id } } pageInfo { hasNextPage } }
      } }
    }`;
    expect(named(query)).toEqual([
      'Case',
      'Case.Id',
      'Case.Status',
      'Case.Owner.Name',
      'Case.ClosedDate',
      'Case.CreatedDate',
    ]);
  });

  it('are told with their line, and comments are none', () => {
    const query =
      'query a {\n  uiapi { query {\n    # Case { edges }\n    Task { edges {\n      node { Id } } } } }\n}';
    expect(graphqlUses(query)).toEqual([
      { object: 'Task', path: '', line: 3 },
      { object: 'Task', path: 'Id', line: 4 },
    ]);
  });

  it('cannot be told of a query that does not end', () => {
    expect(() => graphqlUses('query a { uiapi {')).toThrow('} is missing.');
  });
});
