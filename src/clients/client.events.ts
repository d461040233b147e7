import type { News } from '../database/db.js';

/** A client was switched off: whatever is queued for it stops. */
export class ClientSwitchedOff implements News {
  static readonly named = 'client.switchedOff';
  readonly named = ClientSwitchedOff.named;
  constructor(readonly clientId: string) {}
}

export class ClientSwitchedOn implements News {
  static readonly named = 'client.switchedOn';
  readonly named = ClientSwitchedOn.named;
  constructor(readonly clientId: string) {}
}

/** Dates, terms or criteria of an engagement were written. */
export class EngagementChanged implements News {
  static readonly named = 'engagement.changed';
  readonly named = EngagementChanged.named;
  constructor(
    readonly clientId: string,
    readonly engagementId: string,
  ) {}
}
