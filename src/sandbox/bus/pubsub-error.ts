import { randomUUID } from 'node:crypto';
import { Metadata, type StatusObject, status } from '@grpc/grpc-js';

/**
 * An error as the Pub/Sub API ends a call: the gRPC status is too coarse to act upon, so the trailers name Salesforce's
 * own code, and the message ends with the id under which support would find the call.
 */
export class PubSubError extends Error implements StatusObject {
  override readonly name = 'PubSubError';
  readonly code: status;
  readonly details: string;
  readonly metadata = new Metadata();

  /** @param errorCode Salesforce's code without its common prefix */
  constructor(code: status, errorCode: string, sentence: string) {
    const rpcId = randomUUID();
    const details = `${sentence} rpcId: ${rpcId}`;
    super(details);
    this.code = code;
    this.details = details;
    this.metadata.set('error-code', `sfdc.platform.eventbus.grpc.${errorCode}`);
    this.metadata.set('rpc-id', rpcId);
  }
}

export function invalid(errorCode: string, sentence: string): PubSubError {
  return new PubSubError(status.INVALID_ARGUMENT, errorCode, sentence);
}

export function unauthenticated(errorCode: string, sentence: string): PubSubError {
  return new PubSubError(status.UNAUTHENTICATED, errorCode, sentence);
}

export function notFound(errorCode: string, sentence: string): PubSubError {
  return new PubSubError(status.NOT_FOUND, errorCode, sentence);
}
