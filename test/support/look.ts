import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** How people look at mails and pages: a phone and a desk, by day and by night. */
export const LOOKS = [
  { width: 375, height: 700 },
  { width: 1280, height: 800 },
].flatMap((viewport) => (['light', 'dark'] as const).map((colorScheme) => ({ ...viewport, colorScheme })));
export type Look = (typeof LOOKS)[number];

/** Shows a page so; what is in it stays. */
export async function lookAt(page: Page, { width, height, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
}

const WCAG: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // A mail or page stands alone, so nothing repeats that one would want to skip.
  rules: { bypass: { enabled: false } },
  resultTypes: ['violations', 'incomplete'],
};

/** What breaks WCAG 2.2 AA as far as axe can tell, contrast among it: a line for each element, and what it could not judge. */
export async function accessProblems(page: Page): Promise<string[]> {
  // A window keeps axe when what it shows is replaced; handing it over takes twenty times as long as to run it.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const { violations, incomplete } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(WCAG)})`);
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** Elements whose text does not fit into them or into the window. Runs in the browser. */
export function clippedElements(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const all = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility() && one.tagName !== 'INPUT');
    const nameOf = (one) => one.tagName.toLowerCase() + (one.className ? '.' + one.className : '') + ' ' + one.textContent.slice(0, 40);
    const outside = all.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.left < -4.5 || box.right > document.documentElement.clientWidth + 4.5;
    });
    const clipped = all.filter((one) => getComputedStyle(one).overflow !== 'visible' && one.scrollWidth > one.clientWidth + 1);
    const sideways = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : [];
    return [...sideways, ...outside.map(nameOf), ...clipped.map(nameOf)];
  })()`);
}

export interface Box {
  top: number;
  left: number;
  width: number;
  height: number;
}

/** Where elements stand, in CSS pixels. */
export function boxesOf(page: Page, selector: string): Promise<Box[]> {
  return page.$$eval(selector, (all) =>
    all.map((one) => {
      const { top, left, width, height } = one.getBoundingClientRect();
      return { top, left, width, height };
    }),
  );
}

/** How many stand in each row, from the top. */
export function rowsOf(boxes: readonly Box[]): number[] {
  return [...Map.groupBy(boxes, ({ top }) => Math.round(top)).values()].map((row) => row.length);
}
