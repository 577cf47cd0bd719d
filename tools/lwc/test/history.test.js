import {
  actionsOf,
  courseOf,
  followUpOf,
  readHistory,
  storyOf,
} from '../../../force-app/main/default/lwc/npsTimeline/history';
import { ANSWERS, ago, answer, history, INVITATIONS, NOW } from '../fixture';

const read = (further, score = 3) =>
  readHistory(history([answer(1, score, 2, 'Jane Doe', further)], []).uiapi.query).answers[0];

describe('the history of an account', () => {
  it('is one story, newest first, in which an answered invitation is told by its answer', () => {
    const story = storyOf(readHistory(history().uiapi.query));
    expect(story).toHaveLength(ANSWERS.length + 4);
    const times = story.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((one, other) => other - one));
  });

  it('says when it is not whole', () => {
    const given = history().uiapi.query;
    expect(readHistory(given).isCut).toBe(false);
    given.NPS_Survey__c.pageInfo.hasNextPage = true;
    expect(readHistory(given).isCut).toBe(true);
  });

  it('tells a suppressed invitation with its reason, by the day it was decided', () => {
    const { invitations } = readHistory(history([], INVITATIONS).uiapi.query);
    const suppressed = invitations.find(({ status }) => status === 'Suppressed');
    expect(suppressed).toMatchObject({ at: ago(40), trigger: 'c.NPS_Trigger_Usage_Milestone' });
    expect(suppressed.reason).toContain('90 days must lie between');
  });

  it('reads steps with their times, and nothing from lines that are none', () => {
    const { stepsDone } = read({ Steps_Done__c: '2026-11-02T10:00:00Z Detractor_Call\nedited by hand' });
    expect(stepsDone).toEqual([
      { key: 'Detractor_Call', at: '2026-11-02T10:00:00Z', step: 'c.NPS_Step_Detractor_Call' },
    ]);
  });
});

describe('what follows an answer', () => {
  const running = { Sequence__c: 'Detractor', Current_Step__c: 'Detractor_Call', Next_Step_Due__c: ago(-1) };

  it.each([
    ['none', {}],
    ['next', running],
    ['paused', { ...running, Sequence_Paused__c: true }],
    ['stopped', { ...running, Sequence_Paused__c: true, Sequence_Stopped__c: true }],
    ['done', { Sequence__c: 'Detractor' }],
  ])('is %s', (course, further) => {
    expect(courseOf(read(further))).toBe(course);
  });

  it.each([
    ['none', {}],
    ['due', { Follow_Up_Due__c: ago(-0.1) }],
    ['overdue', { Follow_Up_Due__c: ago(0.1) }],
    ['none', { Follow_Up_Due__c: ago(0.1), Verdict__c: 'Void' }],
  ])('is a follow-up that is %s', (state, further) => {
    expect(followUpOf(read(further), NOW)).toBe(state);
  });

  it.each([
    ['a detractor whose sequence runs', running, 3, ['Log Follow-Up', 'Resolve', 'Pause', 'Void']],
    ['a paused one', { ...running, Sequence_Paused__c: true }, 3, ['Log Follow-Up', 'Resolve', 'Resume', 'Void']],
    ['a resolved one', { Resolved__c: true }, 3, ['Log Follow-Up', 'Void']],
    ['a promoter', {}, 9, ['Log Follow-Up', 'Void']],
    [
      'an answer without a sign of a person',
      { Verdict__c: 'Unresolved' },
      3,
      ['Log Follow-Up', 'It Was a Person', 'Void'],
    ],
    ['a void one', { Verdict__c: 'Void' }, 3, ['It Was a Person']],
    ['one with a request on its way', { ...running, Request__c: 'Pause' }, 3, []],
  ])('can be changed by a person: %s', (_, further, score, actions) => {
    expect(actionsOf(read(further, score))).toEqual(actions);
  });
});
