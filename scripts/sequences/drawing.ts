import { type Moment, spanOf, type Timeline } from './timeline.ts';

const COLOURS: Readonly<Record<string, string>> = {
  Mail: '#0c6b62',
  'Re-Survey': '#0c6b62',
  Task: '#a84a00',
  Notify: '#5b51b8',
  Escalate: '#b3261e',
};

/** Shapes tell the actions apart where colours do not. Each is drawn in a box of 24. */
const SHAPES: Readonly<Record<string, string>> = {
  Mail: '<rect x="2" y="5" width="20" height="14" rx="2"/><path d="M3 7l9 6 9-6" fill="none" stroke="#fff" stroke-width="2"/>',
  'Re-Survey':
    '<circle cx="12" cy="12" r="11"/><path d="M7 12h10M13 8l4 4-4 4" fill="none" stroke="#fff" stroke-width="2"/>',
  Task: '<rect x="2" y="2" width="20" height="20" rx="5"/><path d="M7 12l4 4 7-8" fill="none" stroke="#fff" stroke-width="2.4"/>',
  Notify: '<circle cx="12" cy="12" r="11"/><path d="M12 6v8M12 17v1.5" stroke="#fff" stroke-width="2.6"/>',
  Escalate: '<path d="M12 1l11 20H1z"/><path d="M12 17v-7M9 12l3-3 3 3" fill="none" stroke="#fff" stroke-width="2"/>',
};
const DOT = '<circle cx="12" cy="12" r="9"/>';

/** A sequence as a page: the axis of time in the middle, the customer's mails left of it, the company's own work right. */
export function drawing({ segment, scores, moments }: Timeline): string {
  const rows = [...Map.groupBy(moments, ({ hours }) => hours)].map(([hours, together]) => ({ hours, together }));
  const body = rows.map((row, index) => rowOf(row, rows[index - 1]?.hours ?? 0)).join('\n');
  const actions = [...new Set(moments.map(({ action }) => action))];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(segment)}</title><style>${STYLES}</style></head>
<body>
<h1>After a ${escaped(scores)} <span>${escaped(segment)}</span></h1>
<ul class="legend">${actions.map((action) => `<li>${symbolOf(action)}${escaped(action)}</li>`).join('')}</ul>
<div class="heads"><b>What the customer gets</b><i></i><b>What our own people get</b></div>
<div class="line">
<div class="row start"><div></div><div class="when">answer</div><div></div></div>
${body}
</div>
</body></html>`;
}

interface Row {
  hours: number;
  together: readonly Moment[];
}

/** Longer waits are longer, but a month does not leave the page. */
function rowOf({ hours, together }: Row, before: number): string {
  const gap = Math.round(14 + 13 * Math.log2(1 + hours - before));
  const cards = (side: Moment['side']) =>
    together
      .filter((moment) => moment.side === side)
      .map(cardOf)
      .join('');
  return `<div class="row" style="padding-top:${gap}px"><div class="left">${cards('customer')}</div><div class="when">${whenOf(hours, together)}</div><div class="right">${cards('team')}</div></div>`;
}

function cardOf({ title, action, detail, condition, scores }: Moment): string {
  const lines = [detail, condition, scores].filter((line) => line !== '').map((line) => `<p>${escaped(line)}</p>`);
  return `<div class="card" style="--colour:${COLOURS[action] ?? '#555'}">${symbolOf(action)}<div><b>${escaped(title)}</b>${lines.join('')}</div></div>`;
}

function whenOf(hours: number, together: readonly Moment[]): string {
  const percent = together.find((moment) => moment.percent !== null)?.percent;
  const share = percent == null ? '' : `<small>${percent} % of the Task’s time</small>`;
  return `${hours === 0 ? 'at once' : escaped(spanOf(hours))}${share}`;
}

function symbolOf(action: string): string {
  return `<svg viewBox="0 0 24 24" width="24" height="24" fill="${COLOURS[action] ?? '#555'}" aria-hidden="true">${SHAPES[action] ?? DOT}</svg>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

const STYLES = `
  * { box-sizing: border-box; margin: 0; }
  body { width: 1000px; padding: 36px 40px 44px; background: #fff; color: #1c2026; font: 16px/1.4 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
  h1 { font-size: 30px; letter-spacing: -.01em; }
  h1 span { color: #59616b; font-weight: 400; }
  .legend { display: flex; gap: 22px; list-style: none; padding: 10px 0 0; color: #59616b; font-size: 14px; }
  .legend li { display: flex; align-items: center; gap: 7px; }
  .legend svg { width: 18px; height: 18px; }
  .heads, .row { display: grid; grid-template-columns: 1fr 132px 1fr; }
  .heads { padding: 26px 0 12px; color: #59616b; font-size: 14px; }
  .heads b:first-child { text-align: right; padding-right: 14px; }
  .heads b:last-child { padding-left: 14px; }
  .line { background: linear-gradient(#c9d2d1, #c9d2d1) 50% 0 / 2px 100% no-repeat; padding-bottom: 8px; }
  .row { align-items: center; }
  .when { justify-self: center; max-width: 128px; padding: 5px 12px; border: 2px solid #c9d2d1; border-radius: 16px; background: #fff; text-align: center; font-weight: 600; font-size: 14px; line-height: 1.25; }
  .when small { display: block; font-weight: 400; font-size: 11.5px; color: #59616b; }
  .start .when { background: #1c2026; border-color: #1c2026; color: #fff; }
  .left, .right { display: flex; flex-direction: column; gap: 10px; }
  .left { align-items: flex-end; padding-right: 14px; }
  .right { align-items: flex-start; padding-left: 14px; }
  .card { display: flex; gap: 12px; max-width: 380px; padding: 11px 16px 12px 13px; border: 1px solid #e0e3e6; border-left: 4px solid var(--colour); border-radius: 8px; background: #fbfcfc; }
  .card svg { flex: none; margin-top: 1px; }
  .card p { color: #59616b; font-size: 14px; }
`;
