import type { Progress } from './row.ts';

const CLEAR_LINE = '\r\u001b[K';

export interface ProgressLine {
  show: Progress;
  end(): void;
}

/** One line that changes in place on a terminal; nothing where nobody watches. */
export function progressLine(): ProgressLine {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => {}, end: () => {} };
  const began = performance.now();
  return {
    show(sentence) {
      const elapsed = Math.round((performance.now() - began) / 1000);
      stderr.write(`${CLEAR_LINE}${String(elapsed).padStart(3)} s  ${sentence}`.slice(0, stderr.columns));
    },
    end: () => stderr.write(CLEAR_LINE),
  };
}
