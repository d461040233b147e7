import type { News } from '../database/db.js';

/** What a client looks for has changed: its prospects are to be judged again. */
export class IcpChanged implements News {
  static readonly named = 'icp.changed';
  readonly named = IcpChanged.named;
  constructor(
    readonly clientId: string,
    readonly icpId: string,
  ) {}
}
