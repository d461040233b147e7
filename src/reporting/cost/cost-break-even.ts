import { type SideCost, unitCost } from './cost-months.js';

/** The first month from which in-house has cost no more than the agency, and stays so to the end; else null. */
export function breakEvenCashMonth(agency: SideCost, inHouse: SideCost): number | null {
  return firstLastingMonth(
    inHouse.months.map(
      (month, index) => month.cumulativeCostCents <= agency.months[index]!.cumulativeCostCents,
    ),
  );
}

/**
 * The same on the cumulative cost of a qualified meeting, as both sides read it (rounded to the cent).
 * An in-house SDR with nothing qualified yet cannot have broken even; an agency with nothing has lost.
 */
export function breakEvenUnitMonth(agency: SideCost, inHouse: SideCost): number | null {
  const inHouseUnits = costPerQualifiedByMonth(inHouse);
  const agencyUnits = costPerQualifiedByMonth(agency);
  return firstLastingMonth(
    inHouseUnits.map((own, index) => {
      const theirs = agencyUnits[index]!;
      return own !== null && (theirs === null || own <= theirs);
    }),
  );
}

function costPerQualifiedByMonth(side: SideCost): (number | null)[] {
  return side.months.map((month) => unitCost(month.cumulativeCostCents, month.cumulative.qualified));
}

/** Month number (from 1) after the last failure, or null when the last month itself fails. */
function firstLastingMonth(holds: readonly boolean[]): number | null {
  const month = holds.lastIndexOf(false) + 2;
  return month > holds.length ? null : month;
}
