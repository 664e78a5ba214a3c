/** What the routes of counts and of reports need of the box. */
import type { BoxParts } from './box-parts.ts';
import { countList } from './counts/count-list.ts';
import { openCountReader } from './counts/read-counts.ts';
import type { CountRouteParts } from './http/count-routes.ts';
import type { ReportRouteParts } from './http/report-routes.ts';
import { openReportStore } from './reports/report-store.ts';
import { wasteReport } from './reports/waste-report.ts';
import { yieldReport } from './reports/yield-report.ts';
import { isOn } from './setting-rules.ts';

/** What the routes of counts ask the box. */
export function countRouteParts({ counting, settings }: BoxParts): CountRouteParts {
  return {
    reader: openCountReader(counting.parts),
    list: (query) => countList(counting.parts, query),
    blind: () => isOn(settings, 'blindCounts'),
  };
}

/** What the routes of reports ask the box. */
export function reportRouteParts(
  box: BoxParts,
  forecast: ReportRouteParts['forecast'],
): ReportRouteParts {
  const { db, config, ledger, ports, receiving } = box;
  const { dayOf, knowledge } = receiving;
  const parts = {
    store: openReportStore(db),
    items: ledger.items,
    kitchen: () => knowledge.at(ports.now())?.kitchen,
    dayOf,
    timezone: config.timezone,
  };
  return {
    today: () => dayOf(ports.now()),
    waste: (days) => wasteReport(parts, days),
    yield: (days) => yieldReport(parts, days),
    forecast,
  };
}
