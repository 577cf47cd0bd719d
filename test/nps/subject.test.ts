import { expect, it } from 'vitest';
import { momentKey } from '../../src/nps/moment.ts';
import { subjectVariantOf } from '../../src/nps/subject.ts';

const keys = Array.from({ length: 1000 }, (_, day) =>
  momentKey({ trigger: 'Pre_Renewal', sourceId: '001000000000001AAA', anchorDate: `2027-01-01-${day}` }),
);

it('gives every mail the first subject where there is one', () => {
  expect(new Set(keys.map((key) => subjectVariantOf(key, { secondSubject: '' })))).toEqual(new Set(['A']));
});

it('gives each subject to half of the mails, the same mail always the same one', () => {
  const variants = keys.map((key) => subjectVariantOf(key, { secondSubject: 'Another' }));
  const half = variants.filter((variant) => variant === 'B').length;
  expect(half).toBeGreaterThan(430);
  expect(half).toBeLessThan(570);
  expect(keys.map((key) => subjectVariantOf(key, { secondSubject: 'A third' }))).toEqual(variants);
});
