import type { Host } from '../../meetings/booking.queries.js';
import { instantAt } from '../../meetings/local-time.js';
import { InvalidInput } from '../../shared/errors.js';
import type { Form, Page, Refused } from '../rendering/page.js';

const lengths = [15, 20, 30, 45, 60, 90, 120];

/** The fields of a slot form, with what was typed or what is usual. */
export function slotFields(page: Page, hosts: readonly Host[], values: Form) {
  const length = Number(values['durationMinutes'] ?? 30);
  return {
    hosts: hosts.map((host) => ({
      id: host.id,
      label: [host.name, host.title].filter(Boolean).join(' · '),
      isChosen: host.id === values['hostId'],
    })),
    isHostOpen: hosts.length !== 1 && !hosts.some((host) => host.id === values['hostId']),
    lengths: [...new Set([...lengths, length])]
      .filter((minutes) => minutes >= 5 && minutes <= 480)
      .toSorted((one, other) => one - other)
      .map((minutes) => ({
        minutes,
        label: page.t('meetings.duration', { minutes }),
        isChosen: minutes === length,
      })),
  };
}

/** @throws InvalidInput on `time` for a time the client's clocks skip that day */
export function startsAtOf(input: { day: string; time: string }, zone: string): string {
  const at = instantAt(input.day, input.time, zone);
  if (at === null) throw new InvalidInput({ time: 'meetings.noSuchTime' });
  return at.toISOString();
}

/** The form has a day where the act has an instant: what is wrong with the one is shown at the other. */
export function atTheDay({ errors, ...refused }: Refused): Refused {
  const { startsAt, ...others } = errors;
  return { ...refused, errors: startsAt === undefined ? others : { ...others, day: startsAt } };
}
