import { DEPLOYS } from './deploys.ts';
import { FLOWS } from './flows.ts';
import { MAIL } from './mail.ts';
import { RECORDS } from './records.ts';
import { REPORTS } from './reports.ts';
import type { Row } from './row.ts';
import { USERS } from './users.ts';

/** How close the sandbox is to Salesforce, area by area. A test runs every probe; docs/sandbox.md is made from it. */
export const COVERAGE: Record<string, Row[]> = { ...RECORDS, ...USERS, ...FLOWS, ...DEPLOYS, ...REPORTS, ...MAIL };
