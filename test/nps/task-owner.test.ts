import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserFacts } from '../../src/nps/eligibility.ts';
import { type OwnerRole, type Owners, taskOwner } from '../../src/nps/task-owner.ts';

const user = (name: string, facts: Partial<UserFacts> = {}): UserFacts => ({
  ...{ id: name, name, email: null, active: true, timeZone: `zone of ${name}`, phone: null },
  ...facts,
});
const boss = user('Boss');
const cleo = user('Cleo', { manager: boss });
const gone = user('Gone', { active: false, manager: boss });
const owners: Owners = {
  ...{ asker: cleo, csmCandidates: [cleo, user('Otto')], accountOwner: user('Otto'), fallback: user('Fay') },
  executive: user('Eve'),
  users: new Map([['pat@us.example', user('Pat')]]),
  queues: new Map([['product', '00G1']]),
};

describe('the owner of a Task', () => {
  it.each([
    ['whom the settings name', {}, 'Eve', null],
    ['the fallback, who says why', { executive: null }, 'Fay', 'The settings name no executive, so'],
    ['else the manager of the CSM', { executive: null, fallback: null }, 'Boss', 'so this Task comes to Boss.'],
  ])('for the executive is %s', (_, facts, id, reason) => {
    const owner = taskOwner('Executive', null, { ...owners, ...facts });
    expect(owner.id).toBe(id);
    if (reason === null) expect(owner.reason).toBeNull();
    else expect(owner.reason).toContain(reason);
  });

  it.each<[OwnerRole, string | null, string]>([
    ['CSM', null, 'Cleo'],
    ['CSM Manager', null, 'Boss'],
    ['Account Owner', null, 'Otto'],
    ['User', 'Pat@US.example', 'Pat'],
    ['Queue', 'Product', '00G1'],
  ])('%s %s is %s, without a reason', (role, name, id) => {
    expect(taskOwner(role, name, owners)).toMatchObject({ id, reason: null });
  });

  it('has the time zone in which the Task falls due; a queue has that of the CSM', () => {
    expect(taskOwner('User', 'pat@us.example', owners).zone).toBe('zone of Pat');
    expect(taskOwner('Queue', 'Product', owners).zone).toBe('zone of Cleo');
  });

  it.each<[string, OwnerRole, string | null, Partial<Owners>, string, string]>([
    ['the CSM left', 'CSM', null, { asker: gone, csmCandidates: [gone] }, 'Boss', 'Gone is not active'],
    ['somebody new is CSM', 'CSM', null, { asker: gone, csmCandidates: [cleo] }, 'Cleo', 'Gone is not active'],
    [
      'CSM and manager left',
      'CSM',
      null,
      { asker: null, csmCandidates: [user('Gone', { active: false })] },
      'Fay',
      'Gone is not active',
    ],
    ['the owner left', 'Account Owner', null, { accountOwner: gone }, 'Boss', 'Gone is not active'],
    [
      'the user left and has no manager',
      'User',
      'gone',
      { users: new Map([['gone', user('Gone', { active: false })]]) },
      'Fay',
      'Gone is not active',
    ],
    ['there is no such user', 'User', 'who', {}, 'Fay', 'There is no user who'],
    ['there is no such queue', 'Queue', 'Sales', {}, 'Fay', 'There is no queue Sales'],
    [
      'the CSM has no manager',
      'CSM Manager',
      null,
      { asker: user('Solo'), csmCandidates: [] },
      'Fay',
      'Solo has no manager',
    ],
    ['there is no fallback', 'Queue', 'Sales', { fallback: null }, 'Cleo', 'There is no queue Sales'],
  ])('when %s, is somebody else and says why', (_, role, name, changes, id, why) => {
    const owner = taskOwner(role, name, { ...owners, ...changes });
    expect(owner).toMatchObject({ id, reason: `${why}, so this Task comes to ${id}.` });
  });

  it('is nobody when nobody is active, and says so', () => {
    const nobody = { asker: gone, csmCandidates: [], accountOwner: null, fallback: null };
    expect(taskOwner('CSM', null, { ...owners, ...nobody })).toMatchObject({
      id: null,
      reason: 'Gone is not active, and nobody else is there to do this.',
    });
  });

  const person = fc
    .record({ name: fc.constantFrom('Ann', 'Ben', 'Cleo'), active: fc.boolean() })
    .map(({ name, active }) => user(name, { active }));
  const people = fc.array(person, { maxLength: 3 });

  it('is active, and whoever is not the one named comes with a reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<OwnerRole>('CSM', 'CSM Manager', 'Account Owner', 'User', 'Queue'),
        fc.option(person),
        people,
        fc.option(person),
        fc.option(person),
        (role, asker, csmCandidates, accountOwner, fallback) => {
          const some = {
            asker,
            csmCandidates,
            accountOwner,
            fallback,
            executive: null,
            users: new Map(),
            queues: new Map(),
          };
          const owner = taskOwner(role, 'who', some);
          const all = [asker, ...csmCandidates, accountOwner, fallback].filter((one) => one !== null);
          const usable = [...(role === 'Account Owner' ? all : [asker, ...csmCandidates, fallback])];
          expect(owner.id !== null).toBe(usable.some((one) => one?.active));
          if (owner.id !== null) expect(all.some(({ id, active }) => id === owner.id && active)).toBe(true);
          if (role === 'User' || role === 'Queue') expect(owner.reason).not.toBeNull();
        },
      ),
    );
  });
});
