import { expect } from 'vitest';

/** The status of an invitation that left: a minute later SendGrid tells of its delivery. */
export const ASKED: string = expect.stringMatching(/^(Sent|Delivered)$/);
