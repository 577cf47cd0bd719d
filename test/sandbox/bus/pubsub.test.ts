import { once } from 'node:events';
import { type ClientDuplexStream, type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { type FetchRequest, type FetchResponse, toReplayBytes } from '../../../src/sandbox/bus/messages.ts';
import { authentication, ORG_ID, pubSubStage, rawClient, type Stage, TOPIC } from './pubsub-stage.ts';

type Subscribe = (metadata: Metadata) => ClientDuplexStream<Partial<FetchRequest>, FetchResponse>;
type Unary = (request: object, metadata: Metadata, answer: (error: ServiceError | null, value: object) => void) => void;

function subscribe(stage: Stage, request: Partial<FetchRequest>, token?: string) {
  const client = rawClient(stage);
  const stream = (client as unknown as { Subscribe: Subscribe }).Subscribe(authentication(token));
  stream.write({ topicName: TOPIC, numRequested: 10, ...request });
  const received: FetchResponse[] = [];
  stream.on('data', (response: FetchResponse) => received.push(response));
  const failure = once(stream, 'error').then(([error]) => error as ServiceError);
  failure.catch(() => undefined);
  return {
    stream,
    received,
    failure,
    uuids: () => received.flatMap(({ events }) => events.map(({ event }) => event.id)),
  };
}

function call(stage: Stage, method: string, request: object, token?: string): Promise<object> {
  const client = rawClient(stage) as unknown as Record<string, Unary>;
  return new Promise((resolve, reject) => {
    client[method]?.(request, authentication(token), (error, value) => (error ? reject(error) : resolve(value)));
  });
}

function errorCode(error: ServiceError): unknown {
  return error.metadata.get('error-code')[0];
}

const publish = (stage: Stage, trigger: string) => stage.bus.publish('Moment__e', { Trigger__c: trigger }, 'rest');

test('a client that checks the certificate is told the topic and its Avro schema', async () => {
  const stage = await pubSubStage();
  const topic = await call(stage, 'GetTopic', { topicName: TOPIC });
  expect(topic).toMatchObject({ topicName: TOPIC, tenantGuid: ORG_ID, canPublish: true, canSubscribe: true });
  const schema = await call(stage, 'GetSchema', { schemaId: (topic as { schemaId: string }).schemaId });
  const { name, fields } = JSON.parse((schema as { schemaJson: string }).schemaJson);
  expect(name).toBe('Moment__e');
  expect(fields).toEqual([
    { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
    { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
    { name: 'Trigger__c', type: 'string', doc: 'Data:Text' },
    { name: 'Contact__c', type: ['null', 'string'], doc: 'Data:Text', default: null },
    { name: 'Anchor__c', type: ['null', 'long'], doc: 'Data:DateOnly', default: null },
  ]);
});

test('a subscription never gets more events than it asked for', async () => {
  const stage = await pubSubStage();
  const published = ['a', 'b', 'c', 'd'].map((trigger) => publish(stage, trigger).uuid);
  const { stream, uuids } = subscribe(stage, { replayPreset: 'EARLIEST', numRequested: 3 });
  await expect.poll(uuids).toEqual(published.slice(0, 3));
  publish(stage, 'e');
  await call(stage, 'GetTopic', { topicName: TOPIC });
  expect(uuids()).toHaveLength(3);
  stream.write({ numRequested: 1 });
  await expect.poll(uuids).toEqual(published);
});

test('more than a hundred requested count as a hundred', async () => {
  const stage = await pubSubStage();
  for (let index = 0; index < 120; index += 1) publish(stage, `t${index}`);
  const { received, uuids } = subscribe(stage, { replayPreset: 'EARLIEST', numRequested: 1000 });
  await expect.poll(() => uuids().length).toBe(100);
  expect(received.at(-1)?.pendingNumRequested).toBe(0);
});

test('LATEST gets only what is published from then on, CUSTOM what came after the given id', async () => {
  const stage = await pubSubStage();
  const [first, second] = [publish(stage, 'first'), publish(stage, 'second')];
  const latest = subscribe(stage, { replayPreset: 'LATEST' });
  const custom = subscribe(stage, { replayPreset: 'CUSTOM', replayId: toReplayBytes(first.replayId) });
  await expect.poll(custom.uuids).toEqual([second.uuid]);
  await call(stage, 'GetTopic', { topicName: TOPIC });
  const third = publish(stage, 'third');
  await expect.poll(custom.uuids).toEqual([second.uuid, third.uuid]);
  await expect.poll(latest.uuids).toEqual([third.uuid]);
});

test('a silent stream gets keepalives without events whose replay id one can start from', async () => {
  const stage = await pubSubStage(20);
  const { received } = subscribe(stage, { replayPreset: 'LATEST' });
  await expect.poll(() => received.length).toBeGreaterThan(1);
  expect(received[0]).toMatchObject({ events: [], pendingNumRequested: 10 });
  const replayId = received[0]?.latestReplayId ?? Buffer.alloc(0);
  const next = publish(stage, 'next');
  const { uuids } = subscribe(stage, { replayPreset: 'CUSTOM', replayId });
  await expect.poll(uuids).toEqual([next.uuid]);
});

test('a keepalive does not step over events nobody has asked for yet', async () => {
  const stage = await pubSubStage(20);
  const first = publish(stage, 'first');
  publish(stage, 'second');
  const { received } = subscribe(stage, { replayPreset: 'EARLIEST', numRequested: 1 });
  await expect.poll(() => received.length).toBeGreaterThan(1);
  expect(received.at(-1)?.events).toEqual([]);
  expect(received.at(-1)?.latestReplayId).toEqual(toReplayBytes(first.replayId));
});

test.each([
  ['older than 72 hours', 73, (id: bigint) => toReplayBytes(id)],
  ['never issued', 0, (id: bigint) => toReplayBytes(id + 100n)],
  ['not eight bytes', 0, () => Buffer.from('x')],
])('a replay id that is %s is corrupted', async (_, hours, replayIdOf) => {
  const stage = await pubSubStage();
  const { replayId } = publish(stage, 'old');
  stage.wait(hours);
  const error = await subscribe(stage, { replayPreset: 'CUSTOM', replayId: replayIdOf(replayId) }).failure;
  expect(error.code).toBe(status.INVALID_ARGUMENT);
  expect(errorCode(error)).toBe('sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted');
  expect(error.metadata.get('rpc-id')).toHaveLength(1);
});

test('a wrong token is unauthenticated, on a stream as on a single call', async () => {
  const stage = await pubSubStage();
  const onStream = await subscribe(stage, {}, 'stolen').failure;
  expect(onStream.code).toBe(status.UNAUTHENTICATED);
  expect(errorCode(onStream)).toBe('sfdc.platform.eventbus.grpc.service.auth.error');
  await expect(call(stage, 'GetTopic', { topicName: TOPIC }, 'stolen')).rejects.toMatchObject({
    code: status.UNAUTHENTICATED,
  });
});

test('an unknown topic is not found, a fetch of nothing and a change of topic are invalid', async () => {
  const stage = await pubSubStage();
  const unknown = await subscribe(stage, { topicName: '/event/Nothing__e' }).failure;
  expect([unknown.code, errorCode(unknown)]).toEqual([status.NOT_FOUND, 'sfdc.platform.eventbus.grpc.topic.not.found']);
  const nothing = await subscribe(stage, { numRequested: 0 }).failure;
  expect(errorCode(nothing)).toBe('sfdc.platform.eventbus.grpc.subscription.fetch.requested.events.invalid');
  const changed = subscribe(stage, {});
  changed.stream.write({ topicName: '/event/Other__e', numRequested: 1 });
  expect(errorCode(await changed.failure)).toBe('sfdc.platform.eventbus.grpc.subscription.fetch.topic.mismatch');
});

test('a stream ordered silent sends nothing, not even a keepalive, until the order is taken back', async () => {
  const stage = await pubSubStage(30);
  const { received, uuids } = subscribe(stage, { replayPreset: 'EARLIEST' });
  await expect.poll(() => received.length).toBeGreaterThan(0);
  stage.faults.add({ stream: 'silent', topic: TOPIC });
  const { uuid } = publish(stage, 'unheard');
  const nothingCame = async () => {
    const before = received.length;
    await new Promise((resolve) => setTimeout(resolve, 120));
    return received.length === before;
  };
  // What was under way when the order came still arrives.
  await expect.poll(nothingCame).toBe(true);
  expect(uuids()).toEqual([]);
  stage.faults.clear();
  await expect.poll(uuids).toEqual([uuid]);
});

test('a reset ends the streams that are open; the next one is served', async () => {
  const stage = await pubSubStage();
  const { uuid } = publish(stage, 'a');
  const first = subscribe(stage, { replayPreset: 'EARLIEST' });
  await expect.poll(first.uuids).toEqual([uuid]);
  stage.faults.add({ stream: 'reset' });
  expect((await first.failure).code).toBe(status.UNAVAILABLE);
  await expect.poll(subscribe(stage, { replayPreset: 'EARLIEST' }).uuids).toEqual([uuid]);
});

test('a replay id can be ordered stale, as often as wished', async () => {
  const stage = await pubSubStage();
  const replayId = toReplayBytes(publish(stage, 'a').replayId);
  stage.faults.add({ stream: 'stale', times: 1 });
  const refused = await subscribe(stage, { replayPreset: 'CUSTOM', replayId }).failure;
  expect(errorCode(refused)).toBe('sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted');
  const { uuid } = publish(stage, 'b');
  await expect.poll(subscribe(stage, { replayPreset: 'CUSTOM', replayId }).uuids).toEqual([uuid]);
});

test('without Read on the event there is no such topic, without Create nothing to publish on', async () => {
  const stage = await pubSubStage();
  stage.rights.subscribe = false;
  expect((await subscribe(stage, { replayPreset: 'LATEST' }).failure).code).toBe(status.NOT_FOUND);
  expect(await call(stage, 'GetTopic', { topicName: TOPIC })).toMatchObject({ canSubscribe: false, canPublish: true });
  stage.rights.publish = false;
  await expect(call(stage, 'Publish', { topicName: TOPIC, events: [] })).rejects.toMatchObject({
    code: status.NOT_FOUND,
  });
});
