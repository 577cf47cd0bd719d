import { basename, dirname } from 'node:path';
import { holds, type Known } from '../formula/evaluate.ts';
import type { Formulas, FormulasFor } from '../formula/row-reader.ts';
import { OrgError } from '../org-error.ts';
import { childText, isTrue, metadataFiles, type SourceFile } from '../schema/metadata-file.ts';
import type { SObject } from '../schema/sobject.ts';
import type { StoredRow } from './store.ts';

/** A row that meets the condition is refused with the message, at the field when one is named. */
interface ValidationRule {
  sobject: string;
  active: boolean;
  condition: string;
  message: string;
  field: string | undefined;
}

export interface ValidationRules {
  /** Throws FIELD_CUSTOM_VALIDATION_EXCEPTION for the first active rule the row meets as this user saves it. */
  check(sobject: SObject, row: StoredRow, before: StoredRow | undefined, userId: string): void;
  /** Takes the rules among these files instead of those it had. */
  load(source: readonly SourceFile[]): void;
}

export function openValidation(formulasFor: FormulasFor, now: () => Date): ValidationRules {
  let bySObject = new Map<string, ValidationRule[]>();
  return {
    check(sobject, row, before, userId) {
      const formulas = formulasFor(userId);
      for (const rule of bySObject.get(sobject.name) ?? []) {
        if (!rule.active || !holds(rule.condition, readerOf(formulas, sobject, row, before), now())) continue;
        const fields = rule.field ? [rule.field] : [];
        throw new OrgError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, { fields });
      }
    },
    load(source) {
      bySObject = Map.groupBy(rulesOf(source), ({ sobject }) => sobject);
    },
  };
}

function rulesOf(source: readonly SourceFile[]): ValidationRule[] {
  return metadataFiles(source, '**/objects/*/validationRules/*.validationRule-meta.xml').map(({ path, root }) => ({
    sobject: basename(dirname(dirname(path))),
    active: isTrue(root, 'active'),
    condition: childText(root, 'errorConditionFormula') ?? '',
    message: childText(root, 'errorMessage') ?? '',
    field: childText(root, 'errorDisplayField'),
  }));
}

function readerOf(formulas: Formulas, sobject: SObject, row: StoredRow, before: StoredRow | undefined) {
  const now = formulas.reader(sobject, row);
  const earlier = formulas.reader(sobject, before ?? row);
  return (name: string): Known | undefined => {
    const [, change, field = ''] = /^Change__(isNew|isChanged|prior)(?:__(.+))?$/.exec(name) ?? [];
    if (!change) return now(name);
    if (change === 'isNew') return boolean(before === undefined);
    if (change === 'prior') return earlier(field);
    return boolean(before !== undefined && now(field)?.value !== earlier(field)?.value);
  };
}

const boolean = (value: boolean): Known => ({ field: { type: 'boolean', picklist: [] }, value });
