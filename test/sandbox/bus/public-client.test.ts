import PubSubApiClient from 'salesforce-pubsub-api-client';
import { expect, test } from 'vitest';
import { ORG_ID, pubSubStage, type Stage, TOKEN, TOPIC } from './pubsub-stage.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function connect({ endpoint }: Stage): Promise<PubSubApiClient> {
  const client = new PubSubApiClient(
    {
      authType: 'user-supplied',
      accessToken: TOKEN,
      instanceUrl: 'https://org.example',
      organizationId: ORG_ID,
      pubSubEndpoint: endpoint,
      rejectUnauthorizedSsl: false,
    },
    silent,
  );
  await client.connect();
  // Its close() would take the error listeners off streams that are still open; they end with the server.
  return client;
}

const someFields = { CreatedDate: 0, CreatedById: '005', Contact__c: null, Anchor__c: null };

test('the public client publishes and subscribes, a date arriving as milliseconds', async () => {
  const stage = await pubSubStage();
  const client = await connect(stage);
  const events: unknown[] = [];
  client.subscribe(TOPIC, (_, type, data) => type === 'event' && events.push(data), 5);
  const anchor = Date.UTC(2026, 10, 20);
  // Without a confirmed subscription an event could be published before it begins.
  await client.publish(TOPIC, { ...someFields, Trigger__c: 'early' });
  await client.publish(TOPIC, { ...someFields, Trigger__c: 'First_Value', Anchor__c: { long: anchor } });
  await expect
    .poll(() => events)
    .toContainEqual(
      expect.objectContaining({
        id: stage.bus.all().at(-1)?.uuid,
        payload: expect.objectContaining({ Trigger__c: 'First_Value', Anchor__c: anchor, Contact__c: null }),
      }),
    );
  expect(stage.bus.all().at(-1)).toMatchObject({
    publishedBy: 'pubsub',
    payload: { Trigger__c: 'First_Value', Anchor__c: '2026-11-20' },
  });
});

test('the public client replays from an id and from the earliest event', async () => {
  const stage = await pubSubStage();
  const [first, second] = ['a', 'b'].map((trigger) => stage.bus.publish('Moment__e', { Trigger__c: trigger }, 'rest'));
  const earliest: string[] = [];
  (await connect(stage)).subscribeFromEarliestEvent(
    TOPIC,
    (_, type, data) => type === 'event' && earliest.push(data.id),
    5,
  );
  const later: string[] = [];
  const replay = (await connect(stage)).subscribeFromReplayId.bind(await connect(stage));
  replay(TOPIC, (_, type, data) => type === 'event' && later.push(data.id), 5, Number(first?.replayId));
  await expect.poll(() => earliest).toEqual([first?.uuid, second?.uuid]);
  await expect.poll(() => later).toEqual([second?.uuid]);
});

test('the public client publishes batches over a stream', async () => {
  const stage = await pubSubStage();
  const client = await connect(stage);
  const answers: { results: unknown[] }[] = [];
  const batch = ['a', 'b', 'c'].map((trigger) => ({ id: trigger, payload: { ...someFields, Trigger__c: trigger } }));
  await client.publishBatch(TOPIC, batch, (_, type, data) => type === 'publishResponse' && answers.push(data));
  await expect.poll(() => answers[0]?.results).toHaveLength(3);
  expect(stage.bus.all().map(({ payload }) => payload.Trigger__c)).toEqual(['a', 'b', 'c']);
});
