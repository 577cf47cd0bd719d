import type { Rule } from './rule.ts';
import { compactLayout } from './rules/compact-layout.ts';
import { contiguous } from './rules/contiguous.ts';
import { customMetadataRecord } from './rules/custom-metadata-record.ts';
import { customNotification } from './rules/custom-notification.ts';
import { dashboard } from './rules/dashboard.ts';
import { defaultValue } from './rules/default-value.ts';
import { description } from './rules/description.ts';
import { eventAndMetadataFields } from './rules/event-and-metadata-fields.ts';
import { externalClientApp } from './rules/external-client-app.ts';
import { fieldShape } from './rules/field-shape.ts';
import { flexipage } from './rules/flexipage.ts';
import { flowData } from './rules/flow-data.ts';
import { flowGraph } from './rules/flow-graph.ts';
import { flowReference } from './rules/flow-reference.ts';
import { formula } from './rules/formula.ts';
import { fullName } from './rules/full-name.ts';
import { granted } from './rules/granted.ts';
import { knownFile } from './rules/known-file.ts';
import { layout } from './rules/layout.ts';
import { limits } from './rules/limits.ts';
import { listView } from './rules/list-view.ts';
import { lwc } from './rules/lwc.ts';
import { manifest } from './rules/manifest.ts';
import { namespace } from './rules/namespace.ts';
import { objectFields } from './rules/object-fields.ts';
import { objectShape } from './rules/object-shape.ts';
import { orgSecrets } from './rules/org-secrets.ts';
import { permissionDependency } from './rules/permission-dependency.ts';
import { permissionSet } from './rules/permission-set.ts';
import { picklist } from './rules/picklist.ts';
import { relationship } from './rules/relationship.ts';
import { report } from './rules/report.ts';
import { reportType } from './rules/report-type.ts';
import { rollUp } from './rules/roll-up.ts';
import { schema } from './rules/schema.ts';
import { serviceAccess } from './rules/service-access.ts';
import { serviceQuery } from './rules/service-query.ts';
import { serviceRestraint } from './rules/service-restraint.ts';
import { standardUntouched } from './rules/standard-untouched.ts';
import { tabAndApp } from './rules/tab-and-app.ts';
import { unique } from './rules/unique.ts';
import { wellFormed } from './rules/well-formed.ts';

/** Every rule there is; the page `docs/metadata-checks.md` is made from this list. */
export const RULES: Rule[] = [
  ...[wellFormed, knownFile, schema, namespace, contiguous, fullName, unique, limits, manifest],
  ...[objectShape, fieldShape, eventAndMetadataFields, picklist, relationship, rollUp, defaultValue, formula],
  ...[description, granted, standardUntouched, orgSecrets, externalClientApp],
  ...[layout, compactLayout, listView, objectFields, tabAndApp, flexipage, lwc],
  ...[permissionSet, permissionDependency, customMetadataRecord],
  ...[flowGraph, flowData, flowReference, customNotification],
  ...[reportType, report, dashboard],
  ...[serviceQuery, serviceAccess, serviceRestraint],
];
