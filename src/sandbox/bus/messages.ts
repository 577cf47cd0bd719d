import type { handleBidiStreamingCall, handleUnaryCall } from '@grpc/grpc-js';

/** The messages of `proto/pubsub_api.proto` that the sandbox speaks, as @grpc/proto-loader hands them over. */

export interface TopicInfo {
  topicName: string;
  tenantGuid: string;
  canPublish: boolean;
  canSubscribe: boolean;
  schemaId: string;
  rpcId: string;
}

export interface SchemaInfo {
  schemaJson: string;
  schemaId: string;
  rpcId: string;
}

export interface ProducerEvent {
  id: string;
  schemaId: string;
  payload: Buffer;
}

export interface FetchRequest {
  topicName: string;
  replayPreset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replayId: Buffer;
  numRequested: number;
}

export interface FetchResponse {
  events: { event: ProducerEvent; replayId: Buffer }[];
  latestReplayId: Buffer;
  rpcId: string;
  pendingNumRequested: number;
}

export interface PublishRequest {
  topicName: string;
  events: ProducerEvent[];
}

export interface PublishResult {
  replayId?: Buffer;
  error?: { code: 'PUBLISH'; msg: string };
  correlationKey: string;
}

export interface PublishResponse {
  results: PublishResult[];
  schemaId: string;
  rpcId: string;
}

/** The service's handlers. ManagedSubscribe is beta and absent: a call to it ends with UNIMPLEMENTED. */
export interface PubSubHandlers {
  GetTopic: handleUnaryCall<{ topicName: string }, TopicInfo>;
  GetSchema: handleUnaryCall<{ schemaId: string }, SchemaInfo>;
  Publish: handleUnaryCall<PublishRequest, PublishResponse>;
  PublishStream: handleBidiStreamingCall<PublishRequest, PublishResponse>;
  Subscribe: handleBidiStreamingCall<FetchRequest, FetchResponse>;
}

/** Replay ids are opaque to clients; Salesforce's are eight bytes, big-endian, and the public clients rely on that. */
export function toReplayBytes(replayId: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(replayId);
  return bytes;
}
