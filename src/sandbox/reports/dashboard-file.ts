import { along, first, textOf, type XmlElement } from '../metadata/xml.ts';

/** One window of a dashboard onto a report. */
export interface DashboardComponent {
  /** `NPS_Reports/NPS_Win_Rate` */
  report: string;
  title: string;
  footer: string;
  /** `Bar`, `Metric`, `FlexTable` */
  kind: string;
  column: number;
  columns: number;
  row: number;
  rows: number;
}

export interface DashboardFile {
  title: string;
  description: string;
  components: DashboardComponent[];
}

export function readDashboard(root: XmlElement): DashboardFile {
  const placed = along(root, 'dashboardGridLayout/dashboardGridComponents');
  return {
    title: textOf(root, 'title') ?? '',
    description: textOf(root, 'description') ?? '',
    components: placed.flatMap((place) => {
      const shown = first(place, 'dashboardComponent');
      const number = (name: string) => Number(textOf(place, name) ?? 0);
      return shown
        ? [
            {
              report: textOf(shown, 'report') ?? '',
              title: textOf(shown, 'header') ?? '',
              footer: textOf(shown, 'footer') ?? '',
              kind: textOf(shown, 'componentType') ?? '',
              ...{ column: number('columnIndex'), columns: number('colSpan') },
              ...{ row: number('rowIndex'), rows: number('rowSpan') },
            },
          ]
        : [];
    }),
  };
}
