import type { TaskPriority } from './routing.ts';

/** A Task of another answer that stands for this answer, too: an account has one open Task of a kind. */
export interface JoinedTask {
  kind: string;
  /** The day (YYYY-MM-DD) by which somebody must have acted on this answer, and how urgent it is. */
  due: string;
  priority: TaskPriority;
}

const JOINED = /^(.+) \((\d{4}-\d\d-\d\d), (High|Normal|Low)\)$/;

/** As the response keeps them and the flow NPS: Join Task reads them: `Call (2026-11-29, High); Drop (…)`. */
export function joinedText(joined: readonly JoinedTask[]): string | null {
  if (joined.length === 0) return null;
  return joined.map(({ kind, due, priority }) => `${kind} (${due}, ${priority})`).join('; ');
}

/** Reads them back; what a person wrote there that is none is left out. */
export function joinedFrom(text: string): JoinedTask[] {
  return text.split('; ').flatMap((part) => {
    const [, kind, due, priority] = JOINED.exec(part) ?? [];
    return kind && due ? [{ kind, due, priority: priority as TaskPriority }] : [];
  });
}

/** True when one of them is of the kind, whatever its case. */
export function hasJoined(joined: readonly JoinedTask[], kind: string): boolean {
  return joined.some((task) => task.kind.toLowerCase() === kind.toLowerCase());
}
