import COUNTS_NOT from '@salesforce/label/c.NPS_Not_Counted';
import TITLE from '@salesforce/label/c.NPS_Score_History';
import { markPath, scoreChart } from 'c/npsGeometry';
import { inDays } from 'c/npsWords';
import { api, LightningElement } from 'lwc';

const HEIGHT = 220;
const RADIUS = 6;

/** The scores of answers over time. Segments are told by shape and colour; what is not counted is hollow. */
export default class NpsScoreChart extends LightningElement {
  @api answers = [];
  title = TITLE;
  height = HEIGHT;
  width = 600;
  #observer;

  connectedCallback() {
    this.#observer = new ResizeObserver(([{ contentRect }]) => {
      this.width = Math.max(240, Math.round(contentRect.width));
    });
    this.#observer.observe(this.template.host);
  }

  disconnectedCallback() {
    this.#observer.disconnect();
  }

  get viewBox() {
    return `0 0 ${this.width} ${HEIGHT}`;
  }

  get plotWidth() {
    return this.chart.plot.right - this.chart.plot.left;
  }

  get daysAt() {
    return HEIGHT - 8;
  }

  get chart() {
    const chart = scoreChart(this.answers, { width: this.width, height: HEIGHT });
    const last = chart.days.length - 1;
    return {
      ...chart,
      bands: chart.bands.map((band) => ({ ...band, look: `band ${band.segment.toLowerCase()}` })),
      days: chart.days.map(({ at, x }, index) => ({
        key: `${at}`,
        x,
        text: inDays(at),
        look: `tick ${placeOf(index, last)}`,
      })),
      marks: chart.marks.map(({ answer, x, y }) => ({
        key: answer.id,
        says: [
          inDays(answer.respondedAt),
          `${answer.score}`,
          answer.segmentLabel,
          answer.contact,
          !answer.isCounted && COUNTS_NOT,
        ]
          .filter(Boolean)
          .join(', '),
        path: markPath(answer.segment, x, y, RADIUS),
        look: `mark ${answer.segment.toLowerCase()}${answer.isCounted ? '' : ' hollow'}`,
      })),
    };
  }
}

/** Where a day stands in the row of days, which says how it is aligned. */
function placeOf(index, last) {
  if (last === 0) return 'only';
  if (index === 0) return 'first';
  return index === last ? 'last' : 'between';
}
